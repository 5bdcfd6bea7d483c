# expect: gradient
"""A written array that a loop binds to itself."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(1)
    return [(0.7, rng.normal(size=3))]


def f(a, u):
    u[0] += a
    for _ in range(2):
        u = u
    return np.sum(u * u)
