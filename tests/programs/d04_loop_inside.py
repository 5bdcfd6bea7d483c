# expect: gradient
"""A recursion with a loop inside that writes to the array."""
import numpy as np

ARGNUMS = (0, 1)
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.array([0.5, -1.5, 0.7, 1.1]), 0.3, 3), (np.array([0.5, -1.5]), 0.3, 0), (np.array([0.5]), 0.9, 2)]


def sweep(u, c, n):
    if n == 0:
        return np.sum(u * u)
    for i in range(1, len(u)):
        u[i] = u[i] + c * u[i - 1] * u[i]
    return sweep(u, c * c, n - 1)


def f(u, c, n):
    return sweep(u, c, n) + np.sum(u)
