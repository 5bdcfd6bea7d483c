# expect: gradient
"""Scalars, and arrays nobody writes, that an arm swaps."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(20)
    return [(0.7, rng.normal(size=3), rng.normal(size=3)),
            (-0.7, rng.normal(size=3), rng.normal(size=3))]


def f(s, x, y):
    a = s
    b = s * s
    if s > 0:
        a, b = b, a
        x, y = y, x * a
    return np.sum(x * x * y) * a + b
