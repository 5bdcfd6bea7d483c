# expect: refuse, array
"""A second name for a written array, set in each trip, bound to itself within."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(21)
    return [(0.3, rng.normal(size=3), rng.normal(size=3), rng.normal(size=(2, 3)))]


def f(a, u, v, A):
    for row in A:  # caret
        u[0] = a
        v = u
        for _ in range(1, 4):
            v = v
    return np.sum(u * v)
