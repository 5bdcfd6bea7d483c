# expect: gradient
"""A7: the mask is taken from what the write changes."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.2, 1.5, -0.3, 2.0, 0.9]), 0.7),
            (np.array([2.0, 3.0]), 0.7)]


def f(x, y):
    x[x < 1] = 2.5 * y
    return np.sum(x * x * x)
