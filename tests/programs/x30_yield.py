# expect: later, generator
"""A generator function is called."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def g(x):
    yield x  # caret


def f(x):
    for v in g(x):
        x = x * v
    return x
