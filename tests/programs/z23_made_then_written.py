# expect: gradient
"""An array that is made by an operation, then written by elements."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(90)
    return [(0.7, rng.normal(size=3))]


def f(a, u):
    w = u * 0.5
    w = np.tanh(u * w)
    for i in range(2):
        w[i] *= a
    return np.sum(w * w)
