# expect: gradient
"""The place that is written comes from an array of indices."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.4, 0.9, 0.3, 1.1]), np.array([2, 0, 3, 1])), (np.array([0.4, 0.9, 0.3]), np.array([1, 1, 0]))]


def f(x, p):
    for i in range(len(x)):
        x[p[i]] = x[i] * x[p[i]]
    return np.sum(x * x)
