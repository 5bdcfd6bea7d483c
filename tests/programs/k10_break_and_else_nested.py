# expect: gradient
"""Loops with `else` inside loops with `else`."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([[0.3, 0.8], [0.5, 0.7]]),), (np.array([[0.3, 1.8], [0.5, 0.7]]),),
            (np.array([[0.3, 0.8], [2.5, 0.7]]),)]


def f(A):
    s = 0.0
    for i in range(2):
        for j in range(2):
            if A[i, j] > 1.0:
                break
            s += A[i, j] ** 2
        else:
            s = s * A[i, 0]
        if s > 2.0:
            break
    else:
        s = s + A[0, 0]
    return s * s
