# expect: gradient
"""Arrays that a loop swaps, written after it."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(46)
    return [(0.7, rng.normal(size=3), rng.normal(size=3), 2),
            (0.7, rng.normal(size=3), rng.normal(size=3), 3),
            (0.7, rng.normal(size=3), rng.normal(size=3), 0)]


def f(a, u, v, n):
    for _ in range(n):
        u, v = v, u
    v[0] = a
    return np.sum(u * v * v)
