# expect: refuse, calls itself on every path
"""A recursion that does not end."""
ARGNUMS = 0


def inputs():
    return [(0.7, 3)]


def g(x, n):
    return x * g(x, n - 1)


def f(x, n):
    return g(x, n)  # caret
