# expect: gradient
"""axis=0 is an axis."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(25)
    return [(rng.normal(size=(3, 4)),),
            (rng.normal(size=(1, 4)),),
            (rng.normal(size=(3, 1)),)]


def f(A):
    s = np.sum(A * A, axis=0)
    m = np.mean(A, axis=0)
    return np.sum(s * m * m)
