# expect: gradient
"""Elimination: nested loops that write a matrix."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(22)
    return [(np.eye(3) * 3.0 + rng.normal(size=(3, 3)) * 0.3, rng.normal(size=3)),
            (np.eye(1) * 3.0, rng.normal(size=1))]


def f(A, b):
    n = A.shape[0]
    for k in range(n):
        for i in range(k + 1, n):
            m = A[i, k] / A[k, k]
            A[i, k:] -= m * A[k, k:]
            b[i] -= m * b[k]
    for i in range(n - 1, -1, -1):
        b[i] = (b[i] - np.sum(A[i, i + 1:] * b[i + 1:])) / A[i, i]
    return np.sum(b * b)
