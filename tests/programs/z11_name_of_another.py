# expect: gradient
"""A name set to a parameter beside a sum of three."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(45)
    return [(rng.normal(size=3), rng.normal(size=3))]


def f(u, v):
    w = u * 0.5
    u = u + v + w
    w = v
    return np.sum(u * v) + np.sum(w * w)
