# expect: refuse, more than one value
"""The result is a tuple."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):  # caret
    return x, x * x
