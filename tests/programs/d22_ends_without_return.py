# expect: gradient
"""A function that gives None on one path, and is asked for it."""
ARGNUMS = 0


def inputs():
    return [(0.7,), (-0.7,)]


def positive(x):
    if x > 0:
        return 2.0 * x


def f(x):
    y = positive(x)
    if y is None:
        y = 3.0 * x * x
    return y * x
