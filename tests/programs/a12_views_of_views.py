# expect: gradient
"""A12: a view of a view is written, another view sees it."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(64)
    return [(rng.normal(size=7), 1.3),
            (rng.normal(size=2), 1.3)]


def f(x, y):
    v = x[1:]
    w = v[::2]
    w *= y
    return np.sum(x * v[0])
