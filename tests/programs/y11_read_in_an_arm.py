# expect: gradient
"""After an early return an array is written, then read in a loop: what the loop read is not what came in."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(257)
    return [(0.7, rng.normal(size=5), rng.normal(size=5)), (2.5, rng.normal(size=4), rng.normal(size=4))]


def f(a, u, v):
    if a > 2:
        return 0.3 * a
    u[1:] *= 2.0 * a
    for i in range(2):
        v[i] = u @ u
    return np.sum(v)
