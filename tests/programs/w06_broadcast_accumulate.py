# expect: gradient
"""Augmented writes that broadcast, on both kinds."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(90)
    return [(rng.normal(size=(3, 4)), rng.normal(size=4)),
            (rng.normal(size=(1, 4)), rng.normal(size=4))]


def f(A, row):
    B = np.ones((A.shape[0], 4))
    B *= row
    B *= A
    B -= row * row
    B[1:] /= 2.0 + row * row
    return np.sum(B * B)
