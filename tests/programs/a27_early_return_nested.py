# expect: gradient
"""A27: an early return from nested loops that write in place."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([1.2, 1.4, 1.1, 1.3]), 4), (np.array([0.2, 0.4, 0.1, 0.3]), 4), (np.array([2.2, 0.4]), 0)]


def f(x, n):
    s = 0.0
    for i in range(n):
        for j in range(n):
            x[j] = x[j] * x[i]
            s += x[j]
            if s > 4.0:
                return s * x[i]
        s = s * 1.1
    return s - x[0]
