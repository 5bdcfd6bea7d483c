# Written by adjoint from mlp.py:7 (mlp_loss): reverse mode, wrt params.
import numpy as np


def mlp_loss_grad(params, x, y):
    """Gradient of `mlp_loss` with respect to `params`, in reverse mode.

    Args:
        params: list of (W, b).  Each W: (n, m), b: (m,).
        x: (k, p).
        y: (k, q).

    Returns:
        params_bar: shaped like params.

    Saved for the backward pass: h, once per trip of line 9.
    """
    # forward
    h = x
    h_saved = []
    for W, b in params:
        h_saved.append(h)
        h = np.tanh(h @ W + b)
    r = h - y

    # backward
    h_bar = 2.0 * r                                 # 12 | return np.sum(r * r)
    params_bar = []
    for W, b in reversed(params):                   # 9 | for W, b in params:
        h_in_bar = h_bar * (1.0 - h * h)            # 10 | h = np.tanh(h @ W + b)
        h = h_saved.pop()
        if h_saved:
            h_bar = h_in_bar @ W.T
        params_bar.append((h.T @ h_in_bar, h_in_bar.sum(axis=0)))
    params_bar.reverse()
    return params_bar
