# expect: refuse, may not be defined
"""A name that one arm alone defines: where the other arm ran, the function raises."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):
    if x > 0:
        y = x * x
    return y  # caret
