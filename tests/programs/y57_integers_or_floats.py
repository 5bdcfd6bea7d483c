# expect: refuse, of int64 on one path and of float64 on another
"""An array of integers becomes one of floats in a loop: a copy of it, with which an adjoint begins, would cut it off."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    return [(np.arange(1.0, 4.0), 0)]


def f(x, n):
    J = np.arange(3)
    for _ in range(n):  # caret
        J = J * 0.5
    x[1] *= 0.7
    return np.sum(x * J)
