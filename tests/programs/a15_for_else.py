# expect: gradient
"""A15: the loop's `else`."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.5, 0.8, 1.05, 0.7, 1.3, 0.4]), 5)]


def f(x, n):
    for i in range(n):
        if x[i] > 1.1:
            break
        if x[i] < 0.9:
            x[i + 1] *= x[i]
            x[i] = x[i] ** 2
        else:
            x[i] += x[i + 1]
    else:
        x[0] = 0
    return np.sum(x * x * x)
