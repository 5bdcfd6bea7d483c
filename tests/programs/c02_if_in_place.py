# expect: gradient
"""Writes in the arms of a branch."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(63)
    return [(0.7, rng.normal(size=4)),
            (-0.7, rng.normal(size=4))]


def f(s, x):
    y = x * x
    if s > 0:
        y[1:] *= x[:-1]
    else:
        y[0] = s
        x[1] = y[0] * x[2]
    return np.sum(y * x * s)
