# Written by adjoint from showcase/mlp.py:4 (mlp_loss): reverse mode, wrt params.
# `adjoint build --check` tells when it is stale.
import numpy as np


def mlp_loss_grad(params, x, y):
    """Gradient of `mlp_loss` with respect to `params`, in reverse mode.

    Args:
        params: list of (W, b).  W: (n_in, n_out), b: (n_out,).
        x: (batch, n_in of the first layer).
        y: (batch, n_out of the last layer).

    Returns:
        params_bar, shaped like params.

    Saved for the backward pass: h, once per layer.
    """
    # forward
    h = x
    h_saved = []
    for W, b in params:
        h_saved.append(h)
        h = np.tanh(h @ W + b)
    r = h - y

    # backward
    r_bar = 2.0 * r                                 # 9 | return np.sum(r * r)
    h_bar = r_bar                                   # 8 | r = h - y
    params_bar = []
    for W, b in reversed(params):                   # 6 | for W, b in params:
        z_bar = h_bar * (1.0 - h * h)               # 7 |     h = np.tanh(h @ W + b)
        h = h_saved.pop()
        b_bar = np.sum(z_bar, axis=0)
        W_bar = h.T @ z_bar
        if h_saved:                                 # the first layer's input needs no adjoint
            h_bar = z_bar @ W.T
        params_bar.append((W_bar, b_bar))
    params_bar.reverse()
    return params_bar
