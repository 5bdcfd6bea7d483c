"""A cube root by Newton's method: the derivative of the iteration itself."""

EXAMPLE = ("cube_root", (0, 1))


def cube_root(a, x, tol):
    step = 1.0
    while abs(step) > tol:
        step = (x ** 3 - a) / (3.0 * x ** 2)
        x = x - step
    return x


def example_args():
    return 2.0, 3.0, 0.05
