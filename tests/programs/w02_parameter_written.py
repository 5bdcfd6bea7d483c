# expect: gradient
"""A parameter is written; the caller's array stays."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(15)
    return [(rng.normal(size=(3, 4)), rng.normal(size=4))]


def f(A, b):
    A[1] = A[0] * b
    A[:, 2] -= A[:, 1]
    A[2, 3] *= b[0]
    A /= 1.0 + b * b
    return np.sum(A * A * A)
