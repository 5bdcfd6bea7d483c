# expect: gradient
"""Rows that are written, in `enumerate` and `zip`."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(11)
    return [(rng.normal(size=(4, 3)), rng.normal(size=4))]


def f(A, w):
    for i, row in enumerate(A):
        row *= w[i] * row
    for row, v in zip(A, w):
        row[0] = v * row[1]
    return np.sum(A * A)
