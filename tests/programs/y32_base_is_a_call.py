# expect: gradient
"""What is written to is evaluated once, be it a call that writes too."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    return [(np.array([1.0, 2.0, 3.0]),)]


def doubled(x):
    x[0] *= 2.0
    return x


def f(x):
    doubled(x)[1] = 5.0 * x[2]
    doubled(x)[2] += x[0]
    doubled(x)[:2] *= x[2]
    return np.sum(x * x)
