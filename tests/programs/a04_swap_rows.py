# expect: gradient
"""A4: a swap of rows is none: the right side holds two views."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(28)
    return [(rng.normal(size=(3, 2)), rng.normal(size=(3, 2)))]


def f(A, w):
    A[0], A[1] = A[1], A[0]
    return np.sum(A * A * w)
