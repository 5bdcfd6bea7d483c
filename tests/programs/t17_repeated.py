# expect: gradient
"""Tiles and repeats against broadcasting."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(1157)
    return [(rng.normal(size=3), rng.normal(size=(3, 2)))]


def f(a, b):
    n = len(a)
    wide = np.tile(a, (n, 1)) * np.repeat(a, n).reshape(n, n)
    grid = np.broadcast_to(a[:, None], b.shape) + np.tile(b, 1)
    return np.sum(wide @ np.repeat(b, 2, axis=1)) + np.prod(grid) + np.sum(np.outer(a, a) - wide)
