# expect: gradient
"""An element is set to an argument, then the buffers swap."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(27)
    return [(0.7, rng.normal(size=3), rng.normal(size=3), rng.normal(size=(3, 3))),
            (0.7, rng.normal(size=3), rng.normal(size=3), rng.normal(size=(0, 3)))]


def f(a, u, v, A):
    u = a * u
    for _ in A:
        u[-1] = a
        u, v = v, u
    return np.sum(u * u * v)
