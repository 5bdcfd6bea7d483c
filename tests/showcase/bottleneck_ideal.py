# Written by adjoint from showcase/bottleneck.py:4 (bottleneck): reverse mode, wrt params.
# `adjoint build --check` tells when it is stale.
import numpy as np


def bottleneck_grad(params, x, y):
    """Gradient of `bottleneck` with respect to `params`, in reverse mode.

    Args:
        params: list of (W, V, b).  W: (n_in, n_mid), V: (n_mid, n_out), b: (n_mid,).
        x: (batch, n_in of the first layer).
        y: (batch, n_out of the last layer).

    Returns:
        params_bar, shaped like params.

    Saved for the backward pass: (h, a), once per layer.
    """
    # forward
    h = x
    saved = []
    for W, V, b in params:
        a = np.tanh(h @ W + b)
        saved.append((h, a))
        h = a @ V
    r = h - y

    # backward
    r_bar = 2.0 * r                                 # 10 | return np.sum(r * r)
    h_bar = r_bar                                   # 9 | r = h - y
    params_bar = []
    for W, V, b in reversed(params):                # 6 | for W, V, b in params:
        h, a = saved.pop()
        V_bar = a.T @ h_bar                         # 8 |     h = a @ V
        z_bar = h_bar @ V.T * (1.0 - a * a)         # 7 |     a = np.tanh(h @ W + b)
        b_bar = np.sum(z_bar, axis=0)
        W_bar = h.T @ z_bar
        if saved:                                   # the first layer's input needs no adjoint
            h_bar = z_bar @ W.T
        params_bar.append((W_bar, V_bar, b_bar))
    params_bar.reverse()
    return params_bar
