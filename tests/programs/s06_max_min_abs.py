# expect: gradient
"""Elementwise choices away from ties."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(7)
    return [(rng.normal(size=5), rng.normal(size=5), 0.3)]


def f(x, y, s):
    z = np.maximum(x, y) * np.minimum(x, s)
    return np.sum(np.abs(z) * z) + abs(s) + np.max(x) * np.min(y)
