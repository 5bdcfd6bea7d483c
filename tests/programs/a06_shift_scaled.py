# expect: gradient
"""A6: both sides of the write overlap."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(96)
    return [(rng.normal(size=5), rng.normal(size=5))]


def f(x, w):
    x[1:] = x[:-1] * 2
    return np.sum(x * x * w)
