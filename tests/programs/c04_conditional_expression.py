# expect: gradient
"""A conditional expression."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.5)]


def f(x, k):
    y = np.log(x) * k if x > 0 else k * k
    return y * x
