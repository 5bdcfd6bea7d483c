# expect: refuse, object
"""An argument of a class without a meaning."""
ARGNUMS = 0


def inputs():
    return [(0.7, object())]


def f(x, thing):
    return x * thing.k  # caret
