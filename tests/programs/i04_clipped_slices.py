# expect: gradient
"""Slices whose bounds are cut off at the ends."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(29)
    return [(rng.normal(size=4), 2),
            (rng.normal(size=2), 9),
            (rng.normal(size=1), 0)]


def f(x, k):
    a = x[-3:]
    b = x[:k]
    c = x[k:2]
    return np.sum(a * a) + np.sum(b * b * b) + np.sum(c * c)
