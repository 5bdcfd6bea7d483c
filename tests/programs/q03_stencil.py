# expect: gradient
"""A smoothing stencil with a source, as in a heat equation."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(91)
    return [(rng.normal(size=7), 0.2, 3),
            (rng.normal(size=3), 0.2, 1),
            (rng.normal(size=7), 0.2, 0)]


def f(u, k, n):
    for _ in range(n):
        lap = u[2:] - 2.0 * u[1:-1] + u[:-2]
        u[1:-1] = u[1:-1] + k * lap * u[1:-1]
    return np.sum(u * u)
