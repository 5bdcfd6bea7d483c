# expect: gradient
"""Names of parts of an array that a loop writes to, each by its name; an array that is written while its rows run."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(21)
    return [(rng.normal(size=6), rng.normal(size=(3, 3)), 3)]


def f(u, A, n):
    inner = u[1:-1]
    for _ in range(n):
        u[0] = 0.5 * u[1] * u[-1]
        inner *= 0.9
        u += 0.1 * u * u
    for c in u:
        u *= 1.0 + 0.1 * c
    for row in A:
        row *= A[0]
    return np.sum(u * u) + np.sum(A * A)
