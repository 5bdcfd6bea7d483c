# expect: gradient
"""A18: both gradients are equal, and are two arrays."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(26)
    return [(rng.normal(size=3), rng.normal(size=3))]


def f(x, y):
    z = x + y
    return np.sum(z * z)
