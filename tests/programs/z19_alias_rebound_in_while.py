# expect: refuse, alias
"""A name of a written array that an inner `while` binds anew."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(14)
    return [(0.7, 0.3, rng.normal(size=4), rng.normal(size=4)),
            (0.7, 5.3, rng.normal(size=4), rng.normal(size=4))]


def f(a, c, u, v):
    for _ in range(2):
        v = u
        v -= u * a
        q = 0
        while q < 3 and c * 0.9 < 2.0:
            q += 1
            v = v - a * u  # caret
    return np.sum(u * v) * c
