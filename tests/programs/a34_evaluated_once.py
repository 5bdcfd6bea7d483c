# expect: gradient
"""A34: the index of an augmented assignment is evaluated once; that of `x[i] = x[i] + 1` is not one thing."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.4, 0.9, 0.3, 1.2]), np.array([2, 0, 2, 1]))]


def f(x, at):
    for k in range(3):
        x[at[k]] *= x[at[k + 1]]
        x[k] = x[k] + x[at[k]] * x[k]
    return np.sum(x * x)
