# expect: gradient
"""Distances between all points, without each from itself."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(2668)
    return [(rng.normal(size=(4, 2)),)]


def f(x):
    d = x[:, None, :] - x[None, :, :]
    square = np.sum(d * d, axis=2)
    other = ~np.eye(len(x), dtype=bool)
    return np.sum(np.where(other, 1.0 / np.sqrt(np.where(other, square, 1.0)), 0.0)) + np.sum(
        np.where(other, np.sqrt(square), 0.0))
