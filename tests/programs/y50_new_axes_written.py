# expect: gradient
"""Writes through views that only add axes: what is read of an adjoint to be set to zero is seen without them."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(50)
    return [(rng.normal(size=(3, 4)), rng.normal(size=3)), (rng.normal(size=(1, 2)), rng.normal(size=1))]


def f(A, w):
    w[None] += 0.5
    w[:, None] = w[:, None] * A[:, :1]
    A[None][0][:, :, None] = A[:, :, None]
    A[None] *= A[None] + w[0]
    C = A[None][:, :, None]
    A[A < 0.2] = w[0]
    return np.sum(C) + np.sum(A ** 2) + np.sum(np.sin(w))
