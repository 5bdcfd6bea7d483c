# expect: gradient
"""A write behind a mask, then writes in a loop that are put back."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(727)
    return [(0.7, rng.normal(size=5))]


def f(a, u):
    u[1:] += 1
    u[u <= 0.2] = u[2] * a
    for _ in range(3):
        u[:1] *= a
    return np.sum(u)
