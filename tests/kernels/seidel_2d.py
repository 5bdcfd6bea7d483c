"""Gauss-Seidel relaxation in two dimensions, point by point."""
import numpy as np

ARGNUMS = 0


def example_args():
    rng = np.random.default_rng(2)
    return rng.normal(size=(5, 6)), 2


def kernel(A, steps):
    for _ in range(steps):
        for i in range(1, A.shape[0] - 1):
            for j in range(1, A.shape[1] - 1):
                A[i, j] = (A[i - 1, j - 1] + A[i - 1, j] + A[i - 1, j + 1] + A[i, j - 1] + A[i, j] + A[i, j + 1]
                           + A[i + 1, j - 1] + A[i + 1, j] + A[i + 1, j + 1]) / 9.0
    return np.sum(A ** 3)
