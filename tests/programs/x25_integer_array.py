# expect: refuse, nothing that could be differentiated
"""An array of integers is differentiated."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.arange(3), 2.0)]


def f(x, k):  # caret
    return np.sum(x) * k
