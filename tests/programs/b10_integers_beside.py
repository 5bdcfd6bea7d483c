# expect: gradient
"""Integer arrays and bools as constants beside floats."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(27)
    return [(rng.normal(size=4), np.array([1, 2, 0, -1]), True)]


def f(x, n, flag):
    z = x * n + flag
    return np.sum(z * z) / 3 + np.sum(n) * x[0]
