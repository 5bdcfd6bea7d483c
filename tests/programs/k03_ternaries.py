# expect: gradient
"""Conditional expressions, nested, in arguments and in subscripts."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.4, 0.9, 1.3]), 0.5), (np.array([1.4, 0.2, 1.3]), 1.5)]


def f(x, a):
    y = x * a if a > 1.0 else x if a > 0.7 else np.sin(x)
    i = 0 if x[0] > x[1] else 1
    z = y[i] * (a if x[i] > 1.0 else x[2 if a > 1.0 else 0])
    return z * np.sum(y * y)
