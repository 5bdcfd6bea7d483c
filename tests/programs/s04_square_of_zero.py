# expect: gradient
"""Integer powers at zero and below have no logarithm."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.0, -1.0, 2.0]), -0.5),
            (np.zeros(1), 0.0)]


def f(x, s):
    return np.sum(x ** 2 + x ** 3) * 2.0 + s ** 2 + s ** 1
