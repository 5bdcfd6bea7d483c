# expect: refuse, pass a float
"""An int is differentiated."""
ARGNUMS = 0


def inputs():
    return [(3, 2.0)]


def f(x, k):  # caret
    return x * k
