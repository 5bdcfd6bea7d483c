"""Forward substitution with a lower triangular matrix."""
import numpy as np

ARGNUMS = (0, 1, 2)


def example_args():
    rng = np.random.default_rng(8)
    return rng.normal(size=(5, 5)) + 3.0 * np.eye(5), np.zeros(5), rng.normal(size=5)


def kernel(L, x, b):
    for i in range(x.shape[0]):
        x[i] = (b[i] - L[i, :i] @ x[:i]) / L[i, i]
    return np.sum(x * x * x)
