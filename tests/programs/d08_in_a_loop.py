# expect: gradient
"""A recursion inside a loop: the adjoint of the array is never made anew."""
import numpy as np

ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.linspace(0.2, 1.2, 6), 3), (np.array([0.7, 1.1]), 0), (np.array([0.7]), 2)]


def chain(x, i, n):
    if n == 0:
        return x[i]
    return np.sin(chain(x, i, n - 1)) * x[i]


def f(x, n):
    total = 0.0
    for i in range(len(x)):
        total += chain(x, i, n) * total + chain(x, 0, 1)
    return total
