# expect: gradient
"""A25: the loop's bound and its target are rebound inside."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.linspace(0.3, 1.1, 20), 5)]


def f(x, n):
    s = 0.0
    for i in range(n):
        i = 2 * i
        n = n - 1
        s += x[i] ** 2 * n
    return s
