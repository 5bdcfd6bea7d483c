# expect: gradient
"""A `while` with an `else`."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):
    while x < 5.0:
        x = x * 2.0
    else:
        x = x * x
    return x
