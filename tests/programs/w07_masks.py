# expect: gradient
"""Masks written: set, add, and a mask kept while the array changes."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.5, -1.2, 2.0, -0.1]), 0.7),
            (np.array([-0.5]), 0.7)]


def f(x, s):
    m = x > 0
    y = x * x
    y[m] += x[m] * s
    x[m] = s
    y[~m] *= s
    return np.sum(y * x)
