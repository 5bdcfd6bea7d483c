# expect: gradient
"""A13: `[zeros] * 3` holds one array three times."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(24)
    return [(rng.normal(size=4),)]


def f(x):
    L = [np.zeros(4)] * 3
    L[0] += x
    return np.sum(L[2] * x)
