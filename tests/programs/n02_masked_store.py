# expect: gradient
"""A mask store over what has an infinite derivative."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(1584)
    return [(np.array([0.0, 1.0, 2.0, 0.0]), np.array([False, True, True, False]))]


def f(x, keep):
    y = np.sqrt(x) * 2.0
    z = np.log(x)
    y[~keep] = 0.0
    z[~keep] = 3.0
    return np.sum(y * y * np.arange(4)) + np.sum(z)
