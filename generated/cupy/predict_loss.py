# Written by adjoint from predict_loss.py:14 (loss_fun).
import cupy as cp


def loss_fun_grad(params, inputs, targets):
    # forward
    inputs_saved = []
    for W, b in params:
        inputs_saved.append(inputs)
        outputs = cp.dot(inputs, W) + b
        inputs = cp.tanh(outputs)
    preds = outputs

    # backward
    outputs_bar = 2.0 / targets.size * (preds - targets)  # 16 | return np.mean((preds - targets) ** 2)
    inputs_bar = cp.zeros_like(inputs)              # 8 | for W, b in params:
    params_bar = []
    for W, b in reversed(params):
        outputs_bar = outputs_bar + inputs_bar * (1.0 - inputs * inputs)  # 10 | inputs = np.tanh(outputs)
        inputs_bar = cp.dot(outputs_bar, W.T)       # 9 | outputs = np.dot(inputs, W) + b
        inputs = inputs_saved.pop()                 # 8 | for W, b in params:
        params_bar.append((cp.dot(inputs.T, outputs_bar), cp.sum(outputs_bar, axis=0)))
        outputs_bar = 0.0
    params_bar.reverse()
    return params_bar
