# expect: gradient
"""The area of a polygon, and lists of arrays: lists that are arguments, turned and joined."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(71)
    return [([(0.0, 0.1), (1.0, 0.2), (0.8, 0.9)], [rng.normal(size=3) for _ in range(4)])]


def f(points, xs):
    area = 0.0
    for (x, y), (u, v) in zip(points, points[1:] + points[:1]):
        area += x * v - u * y
    s = 0.0
    for a, b in zip(xs[1:] + xs, xs + xs[:2]):
        s = s + np.sum(a * b * b)
    return abs(area) * s
