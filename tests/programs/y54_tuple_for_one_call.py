# expect: gradient
"""A tuple that is made for one call keeps nothing: the user's statement reads the array itself, without copies."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    rng = np.random.default_rng(54)
    return [(0.5 * rng.normal(size=(4, 3)).T, 2), (0.5 * rng.normal(size=(2, 5)), 1)]


def f(A, n):
    total = 0.0
    for _ in range(n):
        A[:] += np.einsum("ik,ij->ij", A, A)
        B = np.concatenate((A[1:], A[:1]), axis=0)
        A *= np.tanh(B)
        C = np.stack((A[:1], B[:1]))
        A[0] = C[1, 0] * B[1]
        total += np.sum(C * C) + np.sum(np.concatenate((A[:1], A[1:])) * B)
    return total + np.sum(np.sin(A))
