# expect: gradient
"""Rows are written, and elements of the row before."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.random.default_rng(5).uniform(0.5, 1.0, size=(4, 3)), np.array([0.3, 0.7, 1.2]))]


def f(A, w):
    for k, row in enumerate(A):
        row *= w * row
        for j in range(3):
            A[k, j] = A[k, j] * A[k - 1, j] + w[j]
    return np.sum(A * A)
