# expect: refuse, stand
"""Two names for one array, in a rotation that is written after it."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(84)
    return [(rng.normal(size=4), rng.normal(size=4))]


def f(u, v):
    w = u * 0.5
    v = u
    for _ in range(2):  # caret
        u, v, w = v, w, u
    v[:-1] = v[:-1] * u[1:]
    return np.sum(u * v * w)
