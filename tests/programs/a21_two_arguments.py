# expect: gradient
"""A21: x is written; the arguments may not overlap."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(65)
    return [(rng.normal(size=4), rng.normal(size=4))]


def f(x, y):
    x *= 2
    x *= x
    return np.sum(x * y)
