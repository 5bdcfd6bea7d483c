# expect: gradient
"""A20: a view reads two versions of its base."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(68)
    return [(rng.normal(size=5),)]


def f(x):
    v = x[1:3]
    a = v * v
    x[1:3] = 3 * x[0]
    b = v * v * v
    return np.sum(a) + np.sum(b) * x[4]
