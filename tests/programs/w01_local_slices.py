# expect: gradient
"""Slices of a local array written: set, add, multiply, negative step."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(20)
    return [(rng.normal(size=6),),
            (rng.normal(size=4),)]


def f(x):
    y = np.zeros_like(x)
    y[1:] = x[1:] * x[:-1]
    y[::2] += x[::2]
    y[::-1] *= x
    y[0] = x[0] * x[1]
    return np.sum(y * y)
