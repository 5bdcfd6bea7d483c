# expect: gradient
"""One assignment to rows of two arrays: what is computed is there before the first is written."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(411)
    return [(rng.normal(size=(3, 3)), rng.normal(size=(3, 3)))]


def f(A, B):
    for i in range(3):
        B[i], A[i] = A[i] * 2, B[i] + 1
    A[0], A[1] = A[1] + B[0], A[0]
    B[1], B[0], A[2] = B[0] * A[0], A[2] * 1, B[1] * B[2]
    A[1:], B[:2] = B[1:] * 2, A[1:] * B[:2]
    return np.sum(A * B)
