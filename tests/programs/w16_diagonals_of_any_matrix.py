# expect: gradient
"""`np.fill_diagonal` and `np.diagonal` of matrices with more rows than columns, or fewer."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(16)
    return [(rng.normal(size=(n, m)), rng.normal(size=min(n, m)), 0.7) for n, m in ((4, 2), (2, 3), (3, 3), (0, 2))]


def f(A, d, s):
    B = np.exp(A)
    np.fill_diagonal(B, d * s)
    np.fill_diagonal(A, np.diagonal(B) * np.diagonal(A))
    B[:1] = B[:1] * np.sum(np.diagonal(A))
    np.fill_diagonal(B[1:], s)
    return np.sum(A * A * B) + np.sum(np.diagonal(B) ** 2)
