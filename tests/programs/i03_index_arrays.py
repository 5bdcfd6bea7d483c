# expect: gradient
"""Index arrays and masks, in one or two places."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(36)
    return [(rng.normal(size=(4, 3)), np.array([0, 2, 2]), np.array([1, 1, 0]))]


def f(A, i, j):
    a = A[i]
    b = A[i, j]
    c = A[:, j]
    d = A[A > 0.1]
    e = A[j][0]
    return np.sum(a * a) + np.sum(b * b * b) + np.sum(c * A[0, 0]) + np.sum(d * d) + np.sum(e * e)
