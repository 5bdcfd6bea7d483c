# expect: gradient
"""A14: arrays in a list are written through the list."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(52)
    return [(rng.normal(size=4), 1.5)]


def f(x, y):
    L = [x * 1, x * 2]
    for a in L:
        a *= y
    L[0] += L[1]
    return np.sum(L[0] * L[1])
