# Written by adjoint from rules.py:20 (divide): reverse mode, wrt x, y, for cupy.


def divide_vjp(x, y, out_bar):
    """Value and vector-Jacobian product of `divide` with respect to `x` and `y`, in reverse mode.

    Args:
        x, y: (n,).
        out_bar: cotangent of the result.

    Returns:
        the value, and x_bar: (n,), y_bar: (n,).
    """
    # backward
    x_bar = out_bar / y                             # 21 | return x / y
    ratio = x / y
    y_bar = -out_bar * ratio / y
    return ratio, (x_bar, y_bar)
