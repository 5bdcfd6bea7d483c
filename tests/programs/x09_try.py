# expect: gradient
"""A `try` statement."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):
    try:
        y = x * x
    except ValueError:
        y = x
    return y
