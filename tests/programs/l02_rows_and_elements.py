# expect: gradient
"""Rows of a matrix and elements of a vector."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(81)
    return [(rng.normal(size=(3, 2)), rng.normal(size=4)),
            (rng.normal(size=(0, 2)), np.zeros(0)),
            (rng.normal(size=(1, 2)), rng.normal(size=1))]


def f(A, x):
    h = np.ones(2)
    for row in A:
        h = np.tanh(h * row) + row
    s = 1.0
    for v in x:
        s = s * v + v * v
    return np.sum(h * h) * s
