# expect: gradient
"""The loop breaks; afterwards the array is written once more."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.4, 0.9, 0.3, 1.1]), 1.0), (np.array([0.4, 0.9, 0.3, 1.1]), 9.0)]


def f(x, bound):
    s = 1.0
    for i in range(1, len(x)):
        s = s * x[i - 1]
        x[i] = x[i] + x[i] * x[i - 1]
        if x[i] > bound:
            break
    x[1] = s * x[0]
    x *= s
    return np.sum(x * x)
