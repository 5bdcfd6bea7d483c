# expect: gradient
"""A function writes to the rows of what it is given: of an array, then of the array turned round."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(245)
    return [(rng.normal(size=(4, 5)), 0.3), (rng.normal(size=(4, 4)), 0.3)]


def lines(v, r):
    for row in v:
        row[1:-1] = (row[1:-1] + r * row[2:] * row[:-2]) / (1 + 2 * r)
    return v


def f(u, r):
    w = lines(u, r)
    w = lines(w.T, r).T
    return np.sum(w * w)
