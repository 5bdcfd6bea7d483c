# expect: gradient
"""Buffers that change places in some trips of a loop, and are written in all."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(99)
    return [(rng.normal(size=4), 0.4, 3), (rng.normal(size=4), -0.4, 4), (rng.normal(size=4), 0.7, 0)]


def f(x, s, n):
    u = x * 1.0
    v = np.zeros_like(x)
    for k in range(n):
        v[1:] = u[1:] * u[:-1] + s * v[1:]
        if u[0] * s > 0.1 * k:
            u, v = v, u
            u[0] = v[0] * s
        else:
            u += 0.3 * v * v
    return np.sum(u * u) + np.sum(v)
