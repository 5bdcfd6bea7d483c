# expect: gradient
"""An inner loop that sweeps over the array in every trip of an outer one."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.4, 0.9, 0.3]), 1.1, 3), (np.array([0.4, 0.9, 0.3]), 1.1, 0)]


def f(x, c, steps):
    for _ in range(steps):
        for i in range(len(x)):
            x[i] = x[i] * x[i] * c
    return np.sum(x)
