# expect: gradient
"""A loop over rows makes an array anew; it is written after the loop."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(76)
    return [(0.7, rng.normal(size=3), rng.normal(size=3), rng.normal(size=(2, 3))),
            (0.7, rng.normal(size=3), rng.normal(size=3), rng.normal(size=(0, 3)))]


def f(a, u, v, A):
    for row in A:
        v = a * u
    v -= u
    return np.sum(v * v * u)
