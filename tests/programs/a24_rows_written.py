# expect: gradient
"""A24: a row of a matrix is a view: the loop writes A."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(77)
    return [(rng.normal(size=(3, 2)), 1.5),
            (rng.normal(size=(0, 2)), 1.5)]


def f(A, k):
    for row in A:
        row *= k
        row *= row
    return np.sum(A * A)
