# expect: gradient
"""Buffers that an inner loop swaps, read by a write in the outer one."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(38)
    return [(0.3, rng.normal(size=4), rng.normal(size=4), rng.normal(size=4)),
            (3.3, rng.normal(size=4), rng.normal(size=4), rng.normal(size=4))]


def f(b, u, v, w):
    q = 0
    while q < 3 and b * 0.9 < 2.0:
        q += 1
        for _ in w:
            u, v = v, u
        w[1:] = v[1:] * u[:-1]
    return np.sum(u * v * b) + np.sum(w * w * u)
