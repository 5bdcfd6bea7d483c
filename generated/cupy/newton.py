# Written by adjoint from newton.py:9 (cube_root): reverse mode, wrt a, x, for cupy.


def cube_root_grad(a, x, tol):
    """Gradient of `cube_root` with respect to `a` and `x`, in reverse mode.

    Args:
        a, x, tol: float.

    Returns:
        a_bar: float, x_bar: float.

    Saved for the backward pass: x, once per trip of line 11.
    """
    # forward
    step = 1.0
    x_saved = []
    while abs(step) > tol:
        x_saved.append(x)
        step = (x ** 3 - a) / (3.0 * x ** 2)
        x = x - step

    # backward
    x_bar = 1.0
    a_bar = 0.0
    for x in reversed(x_saved):                     # 11 | while abs(step) > tol:
        product = 3.0 * x ** 2                      # 12 | step = (x ** 3 - a) / (3.0 * x ** 2)
        ratio = x_bar / product
        x_bar += 6.0 * x_bar * ((x ** 3 - a) / product) / product * x
        a_bar += ratio
        x_bar -= 3.0 * ratio * x ** 2
    return a_bar, x_bar
