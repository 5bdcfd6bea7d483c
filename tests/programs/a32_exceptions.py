# expect: gradient
"""A32: a handler that computes the value in another way; it runs, too."""
import math

import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([2.0, 0.3, -0.7]), 0.8), (np.array([-2.0, 0.9, 1.7]), -1.2), (np.array([0.4]), -0.5)]


def f(x, a):
    s = 0.0
    for k in range(len(x)):
        try:
            t = math.sqrt(x[k] * a) / (k + 1)
        except (ValueError, OverflowError):
            t = x[k] * a * a
        s = s + t * t * a
        x[k] = t * s
    return s + np.sum(x * x)
