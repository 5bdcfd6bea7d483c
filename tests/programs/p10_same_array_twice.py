# expect: gradient
"""An array that meets itself."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(59)
    return [(rng.normal(size=(3, 3)),)]


def f(A):
    B = A
    return np.sum(A @ B * A.T) + np.sum(A[0] * B[:, 0]) + np.sum(A * A)
