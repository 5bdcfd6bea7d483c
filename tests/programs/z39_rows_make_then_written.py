# expect: gradient
"""A loop over rows makes an array anew; it is written after the loop, beside a part of what it was."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(76)
    return [(0.7, rng.normal(size=3), rng.normal(size=3), rng.normal(size=(2, 3))),
            (0.7, rng.normal(size=3), rng.normal(size=3), rng.normal(size=(0, 3)))]


def f(a, u, v, A):
    y = v[:-1] * 0.7
    for row in A:
        v = a * u
    v -= u
    return np.sum(v * v * u) + np.sum(y * u[1:]) + np.sum(A[1:])
