# expect: gradient
"""A name that a `while` may have set to a product, written after it."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(60)
    return [(0.2, rng.normal(size=3), rng.normal(size=3)),
            (2.2, rng.normal(size=3), rng.normal(size=3))]


def f(a, u, v):
    q = 0
    while q < 3 and a < 2.0:
        q += 1
        v = a * u
    v += u
    return np.sum(u * v * v)
