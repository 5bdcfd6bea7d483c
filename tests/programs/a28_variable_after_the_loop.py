# expect: gradient
"""A28: the loop's variable is read after the loop."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.4, 0.6, 0.8]), 2), (np.array([0.4, 0.6, 0.8]), 3)]


def f(x, n):
    s = 1.0
    for i in range(n):
        s = s * x[i]
    return s * x[i]
