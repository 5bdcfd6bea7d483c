# expect: refuse, diagonal
"""NumPy does not write through `diagonal`."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(96)
    return [(rng.normal(size=(3, 3)),)]


def f(x):
    x[0] *= 2.0
    d = np.diagonal(x)
    d[1] = 0.0  # caret
    return np.sum(d * x)
