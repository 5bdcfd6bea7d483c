# Written by adjoint from linear_regression.py:21 (loss): reverse mode, wrt W, b.


def loss_grad(x, W, b, y):
    """Gradient of `loss` with respect to `W` and `b`, in reverse mode.

    Args:
        x: (n, m).
        W: (m, 1).
        b: (1,).
        y: (n, 1).

    Returns:
        W_bar: (m, 1), b_bar: (1,).
    """
    # backward
    difference_bar = 2.0 / y.size * (x @ W + b - y)  # mean_square:18 | return np.mean((predicte ...
    b_bar = difference_bar.sum(axis=0)              # layer:14 | return x @ W + b
    W_bar = x.T @ difference_bar
    return W_bar, b_bar
