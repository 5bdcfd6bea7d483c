# expect: gradient
"""A lambda in the function."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):
    g = lambda t: t * x  # noqa: E731
    return g(x)
