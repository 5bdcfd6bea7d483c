# expect: gradient
"""Views through which nothing is written, of an array that is: `diagonal`, `broadcast_to`, `diag`, `real`."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(92)
    return [(rng.normal(size=(3, 3)), rng.normal(size=3))]


def f(A, y):
    d = np.diagonal(A)
    A[0] *= y
    s = d.sum() + d[1] * d[-1] + np.sum(d[1:] * np.real(A)[0, 1:])
    A[1:, 1] = np.broadcast_to(A[0, 2:], (2,)) * y[1:]
    B = np.diag(A) * 2.0 + np.broadcast_to(A[0], A.shape)
    for k in range(3):
        A[k] = A[k] * d[k] + d.shape[0]
    return np.sum(A * A * B) + s + np.sum(d * d)
