# expect: gradient
"""Scalars against arrays, on both sides of each operator."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(22)
    return [(rng.normal(size=3), 0.7),
            (rng.normal(size=(2, 1)), -0.7),
            (np.zeros(0), 0.7)]


def f(x, s):
    a = s - x
    b = (x + s) * (s * a) / (2.0 + s * s)
    return np.sum(b * x) + s
