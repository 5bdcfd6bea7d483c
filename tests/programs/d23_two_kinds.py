# expect: refuse, of another kind on another path
"""A function that gives a tuple on one path and a number on the other."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def either(x):
    if x > 0:  # caret
        return 2.0 * x, x
    return x


def f(x):
    y = either(x)
    return x * x if y is None else 3.0 * x
