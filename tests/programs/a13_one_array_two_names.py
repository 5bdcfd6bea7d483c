# expect: gradient
"""A13: `a = b = zeros` is one array."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(89)
    return [(rng.normal(size=4),)]


def f(x):
    a = b = np.zeros(4)
    a += x
    b += x * x
    return np.sum(a * b * a)
