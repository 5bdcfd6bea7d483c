# expect: gradient
"""Neighbours on both sides: some were written in an earlier trip, some come in."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.random.default_rng(3).uniform(0.5, 1.0, size=(4, 5)), 2), (np.ones((3, 3)), 1), (np.ones((3, 3)), 0)]


def f(A, steps):
    for _ in range(steps):
        for i in range(1, A.shape[0] - 1):
            for j in range(1, A.shape[1] - 1):
                A[i, j] = A[i - 1, j] * A[i, j] + A[i + 1, j] * A[i, j - 1] * A[i, j + 1]
    return np.sum(A * A)
