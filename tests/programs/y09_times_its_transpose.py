# expect: gradient
"""A matrix is multiplied by its own transpose in place."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(384)
    return [(0.5 * rng.normal(size=(4, 4)),)]


def f(A):
    A *= A.T
    A[1:] += A.T[:-1] * A[:-1].copy()
    return np.sum(A)
