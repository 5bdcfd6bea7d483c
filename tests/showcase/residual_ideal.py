# Written by adjoint from showcase/residual.py:11 (residual_loss): reverse mode, wrt params.
# `adjoint build --check` tells when it is stale.
import numpy as np


def predict_forward(params, inputs):
    """`predict`, and what its backward pass needs: (inputs, np.tanh(outputs)), once per layer."""
    saved = []
    for W, b in params:
        outputs = np.dot(inputs, W) + b
        step = np.tanh(outputs)
        saved.append((inputs, step))
        inputs = inputs + step
    return inputs, saved


def predict_backward(params, saved, inputs_bar):
    """The adjoint of `predict`: params_bar, from that of its result."""
    params_bar = []
    for W, b in reversed(params):                   # 5 | for W, b in params:
        inputs, step = saved.pop()
        outputs_bar = inputs_bar * (1.0 - step * step)  # 7 |     inputs = inputs + np.tanh(outputs)
        b_bar = np.sum(outputs_bar, axis=0)         # 6 |     outputs = np.dot(inputs, W) + b
        W_bar = np.dot(inputs.T, outputs_bar)
        if saved:                                   # the first layer's input needs no adjoint
            inputs_bar = inputs_bar + np.dot(outputs_bar, W.T)
        params_bar.append((W_bar, b_bar))
    params_bar.reverse()
    return params_bar


def residual_loss_grad(params, inputs, targets):
    """Gradient of `residual_loss` with respect to `params`, in reverse mode.

    Args:
        params: list of (W, b).  W: (d, d), b: (d,).
        inputs: (batch, d).
        targets: (batch, d).

    Returns:
        params_bar, shaped like params.

    Saved for the backward pass: inputs and np.tanh(outputs) of `predict`, once per layer.
    """
    # forward
    preds, saved = predict_forward(params, inputs)

    # backward
    preds_bar = 2.0 / preds.size * (preds - targets)  # 13 | return np.mean((preds - targets) ** 2)
    return predict_backward(params, saved, preds_bar)  # 12 | preds = predict(params, inputs)
