# Written by adjoint from linear_regression.py:13 (layer): reverse mode, wrt x, W, b, for cupy.


def layer_vjp(x, W, b, out_bar):
    """Value and vector-Jacobian product of `layer` with respect to `x`, `W` and `b`, in reverse
    mode.

    Args:
        x: (n, m).
        W: (m, 1).
        b: (1,).
        out_bar: cotangent of the result.

    Returns:
        the value, and x_bar: (n, m), W_bar: (m, 1), b_bar: (1,).
    """
    # forward
    value = x @ W + b

    # backward
    b_bar = out_bar.sum(axis=0)                     # 14 | return x @ W + b
    x_bar = out_bar @ W.T
    W_bar = x.T @ out_bar
    return value, (x_bar, W_bar, b_bar)
