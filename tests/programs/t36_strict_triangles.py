# expect: gradient
"""Triangles without their diagonals, with more than them, and parameters of as many elements."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.arange(1.0, 1.0 + n * (n - 1) // 2), np.linspace(0.5, 1.5, n)) for n in (3, 2, 4)]


def f(p, x):
    n = len(x)
    strict = np.tril_indices(n, -1)
    A = np.zeros((n, n))
    A[strict] = p
    q = np.outer(x, x)[strict] * p
    return np.sum(A @ x) + np.sum(q * p) + np.sum(np.outer(x, x)[np.triu_indices(n, -1)] ** 2)
