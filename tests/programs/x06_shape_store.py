# expect: later, shape
"""The shape of an array is set."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(43)
    return [(rng.normal(size=(2, 3)),)]


def f(x):
    y = x * 2.0
    y.shape = (3, 2)  # caret
    return np.sum(y * y)
