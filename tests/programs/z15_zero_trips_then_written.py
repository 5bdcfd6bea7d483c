# expect: gradient
"""A loop that may run no time sets a name that is written after it."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(13)
    return [(0.7, rng.normal(size=4), rng.normal(size=4), 0),
            (0.7, rng.normal(size=4), rng.normal(size=4), 2)]


def f(a, u, v, n):
    for i in range(n):
        v = u[i] * u - v * u
    v[:-1] = a * u[:-1]
    return np.sum(v * v * u)
