# expect: refuse, nothing that could be differentiated
"""A string is differentiated."""
ARGNUMS = 0


def inputs():
    return [('abc', 2.0)]


def f(x, k):  # caret
    return k * k
