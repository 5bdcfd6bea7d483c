# expect: gradient
"""A6: a pure copy between overlapping parts."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(16)
    return [(rng.normal(size=5), rng.normal(size=5))]


def f(x, w):
    x[1:] = x[:-1]
    return np.sum(x * x * w)
