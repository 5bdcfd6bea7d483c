# expect: gradient
"""A `while` that binds a name to itself; its array is written after it."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(52)
    return [(0.7, 0.3, rng.normal(size=3)),
            (0.7, 3.3, rng.normal(size=3))]


def f(a, c, v):
    q = 0
    while q < 3 and c * 0.9 < 2.0:
        q += 1
        v = v
    v[0] += a
    return np.sum(v * v) * c
