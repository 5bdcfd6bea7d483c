# expect: later, generator
"""A33: a generator bound to a name would read `x` late."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 0.7)]


def f(x, a):
    g = (a * v for v in x)  # caret
    x = x * x
    return sum(g) + np.sum(x)
