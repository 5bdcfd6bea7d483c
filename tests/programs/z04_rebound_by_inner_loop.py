# expect: gradient
"""A name that an inner loop sets to an array from before."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(32)
    return [(rng.normal(size=3), 2),
            (rng.normal(size=3), 0)]


def f(u, n):
    w = u * 0.5
    for _ in range(3):
        w = w * w * u[2]
        for _ in range(n):
            w = u
        u = np.sin(w)
    return np.sum(u * w)
