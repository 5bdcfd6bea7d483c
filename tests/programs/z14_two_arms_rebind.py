# expect: refuse, alias
"""An arm writes an array, the other binds its name to another array."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(74)
    return [(0.7, rng.normal(size=4), rng.normal(size=4))]


def f(c, u, v):
    w = u * 0.5
    if c > 0.5:
        u += u
    else:
        u = w
    if np.mean(v) > 0.0:  # caret
        u, v, w = v, w, u
    return np.sum(u * v)
