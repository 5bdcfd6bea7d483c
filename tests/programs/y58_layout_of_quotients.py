# expect: gradient
"""A function writes to an array that lies in Fortran order, and loops make others of it: sums go as they lie."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(346)
    return [(0.8 * rng.normal(size=(4, 3)).T, 0.8 * rng.normal(size=(3, 3)).T, steps) for steps in (2, 0)]


def shift(A):
    A -= 0.5


def f(A, S, steps):
    shift(A)
    k = 0
    while k < steps:
        k += 1
        A = A / (A * A)
    return np.sum(A ** 2) + np.sum(S @ A)
