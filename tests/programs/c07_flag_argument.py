# expect: gradient
"""Branches on a bool and on None."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(20)
    return [(rng.normal(size=3), True, None),
            (rng.normal(size=3), False, None),
            (rng.normal(size=3), False, 2.0)]


def f(x, flag, scale):
    y = x * x * x
    if flag:
        y = y * y
    if scale is not None:
        y = y * scale
    return np.sum(y)
