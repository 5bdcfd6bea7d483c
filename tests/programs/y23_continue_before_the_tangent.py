# expect: gradient
"""A `continue` after an array was set to zeros: its tangent is set to zero on that path too."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(630)
    return [(rng.normal(size=5), rng.normal(size=5), 1), (rng.normal(size=5), rng.normal(size=5), 3)]


def f(u, v, n):
    w = v
    for i in range(3):
        u = np.zeros_like(v)
        if i >= n:
            continue
        v = u + w * v
    for i in range(3):
        w = np.ones_like(v)
        if i > 0:
            if n > 2:
                continue
            v = v * u + w
    return np.sum(u) + np.sum(v * v) + np.sum(w * v)
