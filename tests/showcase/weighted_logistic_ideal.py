# Written by adjoint from showcase/weighted_logistic.py:4 (weighted_logistic): reverse mode,
# wrt w, b.  `adjoint build --check` tells when it is stale.
import numpy as np


def weighted_logistic_grad(w, b, X, y, s, penalty):
    """Gradient of `weighted_logistic` with respect to `w` and `b`, in reverse mode.

    Args:
        w: (d,).
        b: float.
        X: (n, d).
        y: (n,), not differentiated.
        s: (n,), not differentiated.
        penalty: float, not differentiated.

    Returns:
        w_bar: (d,), b_bar: float.

    Nothing is saved: the function is straight-line.
    """
    # forward
    z = X @ w + b
    e = np.exp(-z)
    p = 1.0 / (1.0 + e)

    # backward
    p_bar = s * ((1.0 - y) / (1.0 - p) - y / p) / p.size  # 7 | misfit = -np.mean(...)
    z_bar = p_bar * p * p * e                       # 6 | p = 1.0 / (1.0 + np.exp(-z))
    b_bar = np.sum(z_bar)                           # 5 | z = X @ w + b
    w_bar = X.T @ z_bar + 2.0 * penalty * w
    return w_bar, float(b_bar)
