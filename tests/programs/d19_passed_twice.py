# expect: refuse, passed to it twice
"""One array for two parameters, of which one is written."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.5, 1.2]), 2)]


def g(a, b, n):
    a[0] = a[0] * b[1]
    if n == 0:
        return a[0]
    return g(a, b, n - 1)


def f(a, n):
    b = a * 1.0
    return g(b, b, n)  # caret
