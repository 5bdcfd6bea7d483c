# expect: gradient
"""A7: values from an array of the mask's length, then the mask's array is overwritten."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(73)
    return [(np.array([0.2, 1.5, -0.3, 2.0, 0.9]), rng.normal(size=3))]


def f(x, y):
    m = x < 1
    x[m] = y * y
    x[:] = x * x
    return np.sum(x[m] * y) + np.sum(x * x)
