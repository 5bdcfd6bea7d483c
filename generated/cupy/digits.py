# Written by adjoint from digits.py:28 (loss).
import cupy as cp


def loss_grad(params, x, targets):
    # forward
    h_saved = []
    h = x
    for W, b in params:
        h_saved.append(h)
        z = h @ W + b
        h = cp.tanh(z)
    shifted = z - cp.max(z, axis=1, keepdims=True)
    exp = cp.exp(shifted)

    # backward
    difference_bar = -1.0 / cp.sum(targets * (shifted - cp.log(cp.sum(exp, axis=1, keepdims=True))), axis=1).size * targets  # 30 | return -np.mean(np.su ...
    shifted_bar = difference_bar - cp.sum(difference_bar, axis=1, keepdims=True) / cp.sum(exp, axis=1, keepdims=True) * exp  # 25 | return shifted - np.l ...
    hit = z == cp.max(z, axis=1, keepdims=True)     # 24 | shifted = z - np.max(z, axis=1, keepdims=True)
    z_bar = shifted_bar - cp.sum(shifted_bar, axis=1, keepdims=True) * hit / cp.sum(hit, axis=1, keepdims=True)
    h_bar = cp.zeros_like(h)                        # 21 | for W, b in params:
    params_bar = []
    for W, b in reversed(params):
        z_bar = z_bar + h_bar * (1.0 - h * h)       # 23 | h = np.tanh(z)
        h_bar = z_bar @ W.T                         # 22 | z = h @ W + b
        h = h_saved.pop()                           # 21 | for W, b in params:
        params_bar.append((h.T @ z_bar, cp.sum(z_bar, axis=0)))
        z_bar = 0.0
    params_bar.reverse()
    return params_bar
