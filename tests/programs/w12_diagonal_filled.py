# expect: gradient
"""`np.fill_diagonal`: the diagonal gets one number, or a vector; what stood there is lost."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(7)
    return [(rng.normal(size=(n, n)), rng.normal(size=n), 0.7) for n in (3, 1, 0, 5)]


def f(A, d, s):
    B = A @ A
    np.fill_diagonal(B, d * s)
    C = np.exp(0.3 * B)
    np.fill_diagonal(B, s)
    np.fill_diagonal(B[1:, 1:], 2.0)
    total = np.sum(C * B)
    for k in range(2):
        np.fill_diagonal(A, d * np.diagonal(A))
        np.fill_diagonal(A.T[:1, :1], s * total)
        total = total + np.sum(A * A)
    return total
