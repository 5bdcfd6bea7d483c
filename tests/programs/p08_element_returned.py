# expect: gradient
"""A result that is one element."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(85)
    return [(rng.normal(size=3), rng.normal(size=(2, 2)))]


def f(x, A):
    A[1, 0] = x[2] * A[0, 1]
    return A[1, 0]
