# expect: gradient
"""Parts of an array written to others that overlap: with equal strides, or with strides of unlike signs."""
import numpy as np
ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(4)
    return [(rng.normal(size=(5, 6)),)]


def f(A):
    A[1:3, 0] = A[0:2, 0]
    A[:, 1] = A[::-1, 1]
    A[0, 1:6:2] = A[0, 0:5:2]
    A[2, 3:] = A[2, 1:2]
    A[:, 2] = A[:5, 3]
    A[1:, 1:] = A[:-1, :-1]
    A[:, -1] = 2.0 * A[3, :5]
    return np.sum(A * A)
