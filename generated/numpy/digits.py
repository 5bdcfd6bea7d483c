# Written by adjoint from digits.py:28 (loss).
import numpy as np


def loss_grad(params, x, targets):
    # forward
    h_saved = []
    h = x
    for W, b in params:
        h_saved.append(h)
        z = h @ W + b
        h = np.tanh(z)
    shifted = z - np.max(z, axis=1, keepdims=True)
    exp = np.exp(shifted)

    # backward
    difference_bar = -1.0 / np.sum(targets * (shifted - np.log(np.sum(exp, axis=1, keepdims=True))), axis=1).size * targets  # 30 | return -np.mean(np.su ...
    shifted_bar = difference_bar - np.sum(difference_bar, axis=1, keepdims=True) / np.sum(exp, axis=1, keepdims=True) * exp  # 25 | return shifted - np.l ...
    hit = z == np.max(z, axis=1, keepdims=True)     # 24 | shifted = z - np.max(z, axis=1, keepdims=True)
    z_bar = shifted_bar - np.sum(shifted_bar, axis=1, keepdims=True) * hit / np.sum(hit, axis=1, keepdims=True)
    h_bar = np.zeros_like(h)                        # 21 | for W, b in params:
    params_bar = []
    for W, b in reversed(params):
        z_bar = z_bar + h_bar * (1.0 - h * h)       # 23 | h = np.tanh(z)
        h_bar = z_bar @ W.T                         # 22 | z = h @ W + b
        h = h_saved.pop()                           # 21 | for W, b in params:
        params_bar.append((h.T @ z_bar, np.sum(z_bar, axis=0)))
        z_bar = 0.0
    params_bar.reverse()
    return params_bar
