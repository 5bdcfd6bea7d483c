# expect: gradient
"""Trip 0 reads the last element, which is written later: what came in."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.4, 0.9, 0.3, 1.2]),)]


def f(x):
    for i in range(len(x)):
        x[i] = x[i - 1] * x[i] + x[i]
    return np.sum(x * x)
