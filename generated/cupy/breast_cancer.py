# Written by adjoint from breast_cancer.py:20 (log_loss): reverse mode, wrt w, b, for cupy.
import cupy as cp


def log_loss_grad(w, b, x, y):
    """Gradient of `log_loss` with respect to `w` and `b`, in reverse mode.

    Args:
        w: (n,).
        b: float.
        x: (m, n).
        y: (m,).

    Returns:
        w_bar: (n,), b_bar: float.
    """
    # forward
    negative = -(x @ w + b)
    exponential = cp.exp(negative)
    denominator = 1.0 + exponential
    p = 1.0 / denominator

    # backward
    total_bar = -1.0 / p.size                       # 22 | return -np.mean(y * np.log(p) + (1.0 ...
    p_bar = total_bar * y / p - total_bar * (1.0 - y) / (1.0 - p)
    p_in_bar = p_bar / denominator / denominator * exponential  # sigmoid:15 | exponential = np. ...
    w_bar = 0.002 * w + x.T @ p_in_bar              # 21 | p = sigmoid(x @ w + b)
    return w_bar, p_in_bar.sum()
