"""The Cholesky factor of a matrix, in its own place."""
import numpy as np

ARGNUMS = 0


def example_args():
    rng = np.random.default_rng(6)
    M = rng.normal(size=(5, 5))
    return (M @ M.T + 5.0 * np.eye(5),)


def kernel(A):
    A[0, 0] = np.sqrt(A[0, 0])
    for i in range(1, A.shape[0]):
        for j in range(i):
            A[i, j] -= np.dot(A[i, :j], A[j, :j])
            A[i, j] /= A[j, j]
        A[i, i] -= np.dot(A[i, :i], A[i, :i])
        A[i, i] = np.sqrt(A[i, i])
    return np.sum(A * A * A)
