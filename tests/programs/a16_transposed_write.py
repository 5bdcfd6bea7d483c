# expect: gradient
"""A16: a write through a transpose would reach the caller's array."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(96)
    return [(rng.normal(size=(3, 2)),),
            (np.asfortranarray(rng.normal(size=(3, 2))),)]


def f(x):
    x = x.T
    x[0] = 1.0
    x[1] *= x[0] + x[1]
    return np.sum(x * x)
