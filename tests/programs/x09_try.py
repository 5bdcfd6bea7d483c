# expect: later, try
"""A `try` statement."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):
    try:  # caret
        y = x * x
    except ValueError:
        y = x
    return y
