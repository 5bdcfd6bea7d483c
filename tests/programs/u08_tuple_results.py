# expect: gradient
"""A callee that returns a tuple."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(5)
    return [(rng.normal(size=3), 0.7)]


def split(x, k):
    return x * k, np.sum(x * x)


def f(x, k):
    y, s = split(x, k)
    z, t = split(y, s)
    return np.sum(z * y) * t
