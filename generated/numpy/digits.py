# Written by adjoint from digits.py:28 (loss): reverse mode, wrt params.
import numpy as np


def loss_grad(params, x, targets):
    """Gradient of `loss` with respect to `params`, in reverse mode.

    Args:
        params: list of (W, b).  Each W: (n, m), b: (m,).
        x: (k, p).
        targets: (k, q).

    Returns:
        params_bar: shaped like params.

    Saved for the backward pass: h, once per trip of line 21 of `predict`.
    """
    # forward
    h_saved = []
    h = x
    for W, b in params:
        h_saved.append(h)
        z = h @ W + b
        h = np.tanh(z)
    largest = np.max(z, axis=1, keepdims=True)
    shifted = z - largest
    exp = np.exp(shifted)

    # backward
    difference_bar = -1.0 / shifted.shape[0] * targets  # 30 | return -np.mean(np.sum(targets * ...
    # predict:25 | return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    shifted_bar = (difference_bar - difference_bar.sum(axis=1, keepdims=True)
                   / np.sum(exp, axis=1, keepdims=True) * exp)
    hit = z == largest                              # predict:24 | shifted = z - np.max(z, axis= ...
    z_bar = (shifted_bar - shifted_bar.sum(axis=1, keepdims=True) * hit
             / np.sum(hit, axis=1, keepdims=True))
    params_bar = []
    for W, b in reversed(params):                   # predict:21 | for W, b in params:
        h = h_saved.pop()
        params_bar.append((h.T @ z_bar, z_bar.sum(axis=0)))
        if h_saved:                                 # predict:23 | h = np.tanh(z)
            z_bar = z_bar @ W.T * (1.0 - h * h)
    params_bar.reverse()
    return params_bar
