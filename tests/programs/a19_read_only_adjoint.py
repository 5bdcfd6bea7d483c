# expect: gradient
"""A19: the adjoint of a sum is a broadcast number."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(58)
    return [(rng.normal(size=3),),
            (rng.normal(size=(2, 3)),)]


def f(x):
    return np.sum(x) + np.sum(x * x)
