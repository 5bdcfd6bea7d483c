# expect: gradient
"""A loop over rows binds a name to itself; its array is written after it."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(27)
    return [(0.3, rng.normal(size=3), rng.normal(size=(2, 3))),
            (0.3, rng.normal(size=3), rng.normal(size=(0, 3)))]


def f(a, v, A):
    for row in A[1:]:
        v = v
    v[1] = a
    return np.sum(v * v)
