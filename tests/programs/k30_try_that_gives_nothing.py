# expect: gradient
"""A handler that passes; a value of a `try` that nobody reads; a body that cannot raise."""
import math

import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(1.1, np.array([0.3, 0.8, 0.5])), (-0.7, np.array([-0.3, 0.8, 0.5]))]


def f(a, u):
    p = u[0]
    try:
        p = a
    except ValueError:
        pass
    try:
        q = math.sqrt(a)
    except ValueError:
        u[1:] = u[1:] * p
    try:
        p = p * math.log(u[0])
    except ValueError:
        pass
    return p * np.sum(u * u)
