# Written by adjoint from showcase/mlp.py:4 (mlp_loss): forward mode, wrt params.
# `adjoint build --check` tells when it is stale.
import numpy as np


def mlp_loss_jvp(params, x, y, params_dot):
    """Value of `mlp_loss` and its derivative in the direction `params_dot`."""
    h = x
    h_dot = np.zeros_like(x)
    for (W, b), (W_dot, b_dot) in zip(params, params_dot):
        z_dot = h_dot @ W + h @ W_dot + b_dot
        h = np.tanh(h @ W + b)
        h_dot = z_dot * (1.0 - h * h)
    r = h - y
    r_dot = h_dot
    return np.sum(r * r), np.sum(2.0 * r * r_dot)
