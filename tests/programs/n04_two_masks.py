# expect: gradient
"""Masks within masks: each leaves out a pole."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(1289)
    return [(np.array([0.0, 2.0, 0.5, 1.0]), np.array([1.0, 2.0, 0.5, 0.0]), np.array([False, True, True, False]), np.array([True, True, True, False]))]


def f(x, y, first, second):
    inner = np.where(second, np.log(x * y), 0.0)
    return np.sum(np.where(first, inner, 1.0) * y)
