# expect: gradient
"""Scalars in a straight line, with a name that is set again."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3),
            (-1.1, 0.4)]


def f(x, y):
    x = x * 2.0
    x = np.sin(x) + y
    y = x * y - x / (1.0 + y * y)
    x = np.exp(-x * x) * y
    return x * y + x
