# expect: gradient
"""A starred argument of a call that is no tuple of the function's own."""
ARGNUMS = 0


def inputs():
    return [((0.7, 0.3),)]


def g(x, y):
    return x * y


def f(pair):
    return g(*pair)
