# expect: later, class
"""A class statement."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):
    class Point:  # caret
        pass
    return x
