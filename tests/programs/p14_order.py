# expect: gradient
"""Arrays in Fortran order, and strided ones."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(72)
    return [(np.asfortranarray(rng.normal(size=(3, 2))), rng.normal(size=8)[::2]),
            (rng.normal(size=(6, 4))[::2, ::2], rng.normal(size=4)[::-1])]


def f(A, x):
    A[0] = A[1] * x[0]
    x[1:] *= x[:-1]
    return np.sum(A * A) * np.sum(x * x)
