# expect: later, unpacking
"""An array that is taken apart, of a length that shows when it runs."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([1.0, 0.5, -0.5, 2.0]),)]


def f(x):
    a, b = x[x > 0.7]  # caret
    return a * b
