# expect: gradient
"""What a mask selects, before and after the mask is written."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, -0.4, 0.9, 0.2]), 0.7), (np.array([-0.3, 0.4, -0.9, -0.2]), 0.7)]


def f(x, k):
    m = x > 0.0
    y = x * k
    y[m] += x[m] * k
    a = x[m]
    m[0] = not m[0]
    b = y[m]
    return np.sum(a * a) * np.sum(b * b * k) + np.sum(y)
