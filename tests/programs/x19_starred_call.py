# expect: later, `*`
"""A starred argument of a call."""
ARGNUMS = 0


def inputs():
    return [(0.7, 0.3)]


def g(x, y):
    return x * y


def f(x, y):
    pair = (x, y)
    return g(*pair)  # caret
