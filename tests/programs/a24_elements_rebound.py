# expect: gradient
"""A24: an element of a vector is a number: nothing is written."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(61)
    return [(rng.normal(size=3), 1.5),
            (np.zeros(0), 1.5)]


def f(A, k):
    s = 0.0
    for row in A:
        row *= k
        s += row * row
    return np.sum(A * A) + s
