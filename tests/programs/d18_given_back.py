# expect: later, an array that it was given and writes to
"""A recursive function that gives back the array that it writes to."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.5, 1.2]), 3)]


def g(a, n):
    if n == 0:
        return a
    a[0] = a[0] * a[1]
    return g(a, n - 1)


def f(a, n):
    return np.sum(g(a * 1.0, n))  # caret
