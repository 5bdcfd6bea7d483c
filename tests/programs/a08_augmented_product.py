# expect: gradient
"""A8: an augmented product at repeated indices."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(77)
    return [(rng.normal(size=4), rng.normal(size=5), np.array([0, 2, 0, 2, 1]))]


def f(x, v, idx):
    x[idx] *= v
    return np.sum(x * x * x)
