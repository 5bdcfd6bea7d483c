# expect: gradient
"""A17: `ravel` is a view or a copy, as the layout has it."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(41)
    return [(rng.normal(size=(3, 2)),), (np.asfortranarray(rng.normal(size=(3, 2))),)]


def f(x):
    y = x.T.ravel()
    y *= 2
    return np.sum(x * x) + np.sum(y)
