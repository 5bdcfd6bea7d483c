# expect: gradient
"""What shows a part of an array under a name of its own, in the gradient of the gradient, is read after it is written."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(55)
    return [(rng.normal(size=(3, 4)), rng.normal(size=4)), (rng.normal(size=(1, 2)), rng.normal(size=2))]


def f(A, u):
    n, m = A.shape
    u[::1] = np.sum(np.broadcast_to(u[:1], n), axis=0)
    A[0] = np.broadcast_to(np.sum(A[0] * u), m) * np.broadcast_to(A[0, :1] * u[:1], m)
    return np.sum(u * u) + np.sum(A ** 3)
