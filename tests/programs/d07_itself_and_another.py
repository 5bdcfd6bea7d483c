# expect: gradient
"""The differentiated function calls itself, and another that calls itself."""
import numpy as np

ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.array([0.5, 1.5, 0.7, 0.2]), 2), (np.array([0.5, 1.5]), 0)]


def norm(x):
    if len(x) == 1:
        return np.sqrt(1.0 + x[0] ** 2)
    return np.hypot(x[0], norm(x[1:]))


def f(x, n):
    if n == 0:
        return norm(x)
    return norm(x) * f(0.5 * x, n - 1)
