# expect: gradient
"""A32: a handler that computes the value in another way."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([[2.0, 0.3], [0.3, 1.0]]),)]


def f(A):
    try:
        B = np.dot(A, A)
    except ValueError:
        B = np.dot(A, A.T)
    return np.sum(B * B)
