# expect: gradient
"""A callee writes its argument and returns it."""
import numpy as np

from .helpers_module import scale_first

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(41)
    return [(rng.normal(size=3), 0.7)]


def f(x, k):
    y = scale_first(x, k)
    y[1] = x[0] * k
    return np.sum(x * y * x)
