# expect: gradient
"""A row, a column and a number written into a matrix."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(71)
    return [(rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=(3, 1)), 0.7),
            (rng.normal(size=(1, 4)), rng.normal(size=4), rng.normal(size=(1, 1)), 0.7)]


def f(A, row, col, s):
    B = A * A
    B[:, 1:] = row[1:] * s
    C = B * A
    B[...] = col
    B[0, 0] = s * s
    B += row
    return np.sum(C * C) + np.sum(B * B * A)
