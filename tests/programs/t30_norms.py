# expect: gradient
"""Norms of vectors and matrices; rows that are zero are left out by a mask."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(3011)
    points = rng.normal(size=(5, 3))
    points[2] = 0.0
    return [(points, rng.normal(size=3)), (rng.normal(size=(1, 2)), rng.normal(size=2))]


def f(points, centre):
    length = np.linalg.norm(points, axis=1, keepdims=True)
    weight = np.where(length > 0.0, length, 0.0)
    far = np.linalg.norm(points - centre, axis=1)
    total = np.sum(weight ** 4) + np.sum(np.exp(-far)) + 0.1 * np.linalg.norm(points)
    return total + np.linalg.norm(centre, 1) * np.linalg.norm(centre, ord=np.inf)
