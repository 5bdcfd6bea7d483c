"""C = alpha A B + beta C, in place."""
import numpy as np

ARGNUMS = (0, 1, 2, 3, 4)


def example_args():
    rng = np.random.default_rng(3)
    return 1.5, 1.2, rng.normal(size=(3, 5)), rng.normal(size=(3, 4)), rng.normal(size=(4, 5))


def kernel(alpha, beta, C, A, B):
    C[:] = alpha * A @ B + beta * C
    return np.sum(C * C)
