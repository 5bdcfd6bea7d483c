# expect: gradient
"""The adjoint of x is twice the list: that is a sum of arrays."""
import numpy as np

ARGNUMS = (1,)


def inputs():
    return [([1.0, 2.0, 3.0], np.ones(3)), ([1, 2], np.ones(2)), ([0.5], np.ones(1))]


def f(c, x):
    return np.sum(np.multiply(c, x)) + np.dot(c, x)
