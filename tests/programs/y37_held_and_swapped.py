# expect: gradient
"""A dict holds what a branch may swap: what is written after the branch is not what the dict holds."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.4, -0.7, 1.2]), np.array([1.0, 0.5, -2.0]), n) for n in (1, 0)]


def f(u, v, n):
    kept = {"s": 1, "v": 1.0 * u}
    if n:
        u, v = v, u
    u[:-1] = v[1:] * 2.0
    return np.sum(u * v) + np.sum(kept["v"])
