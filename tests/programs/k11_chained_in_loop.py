# expect: gradient
"""Chained comparisons and `not`, of elements that are written."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, 0.8, 0.5, 1.2]), 4)]


def f(x, n):
    i = 1
    while 0 <= i < n and not x[i] > 5.0:
        if 0.2 < x[i - 1] <= x[i] < 2.0:
            x[i] *= x[i - 1]
        elif x[i - 1] == x[i] != 3.0 or x[i] > 0.4:
            x[i] += x[i - 1] ** 2
        i += 1
    return np.sum(x * x)
