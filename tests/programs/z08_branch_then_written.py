# expect: gradient
"""An array that one arm makes anew, written after the branch."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(17)
    return [(0.7, rng.normal(size=3), rng.normal(size=3)),
            (-0.7, rng.normal(size=3), rng.normal(size=3))]


def f(b, u, v):
    if b > 0:
        u = b * v
    v += u
    return np.sum(u * v * v)
