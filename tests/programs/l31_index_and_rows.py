# expect: gradient
"""Rows read by index, a matrix filled row by row."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(49)
    return [(rng.normal(size=(3, 2)), rng.normal(size=2)),
            (rng.normal(size=(1, 2)), rng.normal(size=2))]


def f(A, h):
    out = np.zeros_like(A)
    for i in range(A.shape[0]):
        h = np.tanh(A[i] * h + A[i - 1])
        out[i] = h
    return np.sum(out * out)
