# expect: gradient
"""Elements of a view with a new axis are written: each is an element of the array."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    return [(np.array([1.0, 2.0, 3.0]),)]


def f(x):
    y = x[None, :]
    y[0, 1] = 5.0 * x[0]
    z = x[:, None]
    z[1:, 0] *= x[2]
    z[0] += y[-1, 2]
    return np.sum(x * x)
