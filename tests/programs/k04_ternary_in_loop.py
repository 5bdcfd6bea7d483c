# expect: gradient
"""Conditional expressions in a loop, of elements that are written."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.4, 0.9, 1.3, 0.2]),)]


def f(x):
    s = 0.0
    for i in range(1, len(x)):
        x[i] = x[i - 1] * x[i] if x[i] > 0.5 else x[i] - x[i - 1]
        s += x[i] if 0.0 < x[i] < 1.0 else x[i] ** 2
    return s
