# expect: gradient
"""A10: a mask that is written between its uses."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(0)
    return [(rng.normal(size=4), np.array([True, False, True, True]))]


def f(x, m):
    a = x[m] * x[m]
    m[0] = False
    b = x[m] * x[m] * x[m]
    return np.sum(a) + np.sum(b)
