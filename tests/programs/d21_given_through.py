# expect: later, that is written
"""The result of a recursive function may be its argument, which is written after the call."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.5, 0.7, 0.9]),)]


def through(x, n):
    return x if n == 0 else through(x, n - 1)


def f(a):
    b = a * 1.0
    c = through(b, 2)  # caret
    b[0] = b[0] * 2.0
    return np.sum(c * b)
