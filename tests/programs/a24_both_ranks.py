# expect: gradient
"""A24: the same text for a matrix and for a vector."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(3)
    return [(rng.normal(size=(3, 2)), 1.5),
            (rng.normal(size=3), 1.5)]


def f(A, k):
    for row in A:
        row *= k
    return np.sum(A * A * k)
