# expect: gradient
"""Both [i, j] and [j, i] are touched."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.random.default_rng(4).uniform(0.5, 1.0, size=(3, 3)),)]


def f(A):
    for i in range(3):
        for j in range(3):
            A[i, j] = A[i, j] * A[j, i] + A[j, i]
    for i in range(3):
        A[i] = A[i] * A[2 - i]
    return np.sum(A * A)
