# expect: refuse, matrix
"""A subclass of ndarray."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.matrix([[1.0, 2.0]]),)]


def f(x):  # caret
    return np.sum(x)
