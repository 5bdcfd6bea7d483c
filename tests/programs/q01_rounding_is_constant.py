# expect: gradient
"""Comparisons, floor division and `int` have no derivative."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(34)
    return [(rng.normal(size=4) * 3.0, 2.7)]


def f(x, k):
    n = int(k)
    step = (x > 0.5) * 1.0
    return np.sum(x * step) * n + np.sum(x // 1.0) * k + np.sum(x % 1.5)
