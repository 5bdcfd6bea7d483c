# expect: gradient
"""A5: two buffers that swap places in every trip."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(8)
    return [(rng.normal(size=6), rng.normal(size=6), 3),
            (rng.normal(size=5), rng.normal(size=5), 0),
            (rng.normal(size=5), rng.normal(size=5), 4)]


def f(u, v, n):
    for _ in range(n):
        v[1:-1] = u[1:-1] * u[2:] + u[:-2]
        u, v = v, u
    return np.sum(u * u * v)
