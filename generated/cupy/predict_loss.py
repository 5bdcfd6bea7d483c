# Written by adjoint from predict_loss.py:14 (loss_fun): reverse mode, wrt params, for cupy.
import cupy as cp


def loss_fun_grad(params, inputs, targets):
    """Gradient of `loss_fun` with respect to `params`, in reverse mode.

    Args:
        params: list of (W, b).  Each W: (n, m), b: (m,).
        inputs: (k, p).
        targets: (k, q).

    Returns:
        params_bar: shaped like params.

    Saved for the backward pass: inputs, once per trip of line 8 of `predict`.
    """
    # forward
    inputs_saved = []
    for W, b in params:
        inputs_saved.append(inputs)
        outputs = cp.dot(inputs, W) + b
        inputs = cp.tanh(outputs)
    preds = outputs

    # backward
    outputs_bar = 2.0 / targets.size * (preds - targets)  # 16 | return np.mean((preds - targets ...
    params_bar = []
    for W, b in reversed(params):                   # predict:8 | for W, b in params:
        inputs = inputs_saved.pop()
        params_bar.append((cp.dot(inputs.T, outputs_bar), outputs_bar.sum(axis=0)))
        if inputs_saved:                            # predict:10 | inputs = np.tanh(outputs)
            outputs_bar = cp.dot(outputs_bar, W.T) * (1.0 - inputs * inputs)
    params_bar.reverse()
    return params_bar
