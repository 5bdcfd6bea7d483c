# expect: gradient
"""A5: a linear stencil: nothing that is overwritten is needed."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(59)
    return [(rng.normal(size=6), 3),
            (rng.normal(size=6), 2)]


def f(u, n):
    v = np.zeros_like(u)
    for _ in range(n):
        v[1:-1] = 0.5 * (u[2:] + u[:-2])
        u, v = v, u
    return np.sum(u * u)
