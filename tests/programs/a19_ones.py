# expect: gradient
"""A19: a gradient that is all ones is an array of its own."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(56)
    return [(rng.normal(size=3), rng.normal(size=(2, 2)))]


def f(x, y):
    return np.sum(x) + np.sum(y)
