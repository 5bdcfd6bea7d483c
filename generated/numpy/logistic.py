# Written by adjoint from logistic.py:7 (log_loss): reverse mode, wrt w, b.
import numpy as np


def log_loss_grad(w, b, X, y):
    """Gradient of `log_loss` with respect to `w` and `b`, in reverse mode.

    Args:
        w: (n,).
        b: float.
        X: (m, n).
        y: (m,).

    Returns:
        w_bar: (n,), b_bar: float.
    """
    # forward
    exp = np.exp(-(X @ w + b))
    p = 1.0 / (1.0 + exp)

    # backward
    total_bar = -1.0 / p.size                       # 9 | return -np.mean(y * np.log(p) + (1.0 - ...
    p_bar = total_bar * y / p - total_bar * (1.0 - y) / (1.0 - p)
    p_in_bar = p_bar * p / (1.0 + exp) * exp        # 8 | p = 1.0 / (1.0 + np.exp(-(X @ w + b)))
    w_bar = X.T @ p_in_bar
    return w_bar, p_in_bar.sum()
