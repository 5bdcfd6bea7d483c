# expect: later, recursive
"""A recursive function."""
ARGNUMS = 0


def inputs():
    return [(0.7, 3)]


def g(x, n):
    if n == 0:
        return x
    return g(x * x, n - 1)  # caret


def f(x, n):
    return g(x, n)
