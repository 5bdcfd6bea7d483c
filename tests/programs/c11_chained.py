# expect: gradient
"""A chained comparison."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):
    if 0.0 < x < 1.0:
        x = x * x
    return x
