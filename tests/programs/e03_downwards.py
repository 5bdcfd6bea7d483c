# expect: gradient
"""Loops that run downwards, and reads ahead and behind."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.4, 0.9, 0.3, 1.2, 0.7]),)]


def f(x):
    for i in range(len(x) - 1, 0, -1):
        x[i] = x[i] * x[i - 1] + x[i] * x[0]
    y = x * 2.0
    for i in range(len(x) - 1):
        y[i] = y[i + 1] * y[i] * x[i]
    return np.sum(x * y)
