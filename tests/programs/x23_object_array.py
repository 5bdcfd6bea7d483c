# expect: refuse, Python objects
"""An array of objects."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([1.0, 2.0], dtype=object),)]


def f(x):  # caret
    return np.sum(x * x)
