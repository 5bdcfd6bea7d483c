# expect: gradient
"""A8: a repeated index that is read adds up."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(29)
    return [(rng.normal(size=4), np.array([0, 2, 0, 2, 1])),
            (rng.normal(size=4), np.array([], dtype=int))]


def f(x, idx):
    return np.sum(x[idx] * x[idx] * x[0])
