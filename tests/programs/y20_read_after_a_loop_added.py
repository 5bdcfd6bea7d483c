# expect: gradient
"""An inner loop adds to an adjoint that is read again after it."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.5, 0.7]), np.array([0.5, 0.7, -0.3]), 2)]


def f(w, x, n):
    s = 0.0
    for k in range(n):
        c = np.cos(w * x) * w
        for j in range(2):
            w = w - 0.1 * w
            s += np.sum(w * x)
        x = x + 0.1 * c
    return s
