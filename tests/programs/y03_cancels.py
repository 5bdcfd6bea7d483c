# expect: gradient
"""Contributions that cancel leave zeros of the argument's shape."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(200)
    return [(rng.normal(size=5), rng.normal(size=(2, 3)))]


def f(u, A):
    c = u @ u
    B = A * 2.0
    return c - c + np.sum(B - B)
