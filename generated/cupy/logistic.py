# Written by adjoint from logistic.py:7 (log_loss).
import cupy as cp


def log_loss_grad(w, b, X, y):
    # forward
    exp = cp.exp(-(X @ w + b))
    p = 1.0 / (1.0 + exp)

    # backward
    total_bar = -1.0 / p.size                       # 9 | return -np.mean(y * np.log(p) + (1.0 - y) * np.l ...
    p_in_bar = (total_bar * y / p - total_bar * (1.0 - y) / (1.0 - p)) * p / (1.0 + exp) * exp  # 8 | p = 1.0 / (1.0 + np.ex ...
    w_bar = X.T @ p_in_bar
    return w_bar, cp.sum(p_in_bar)
