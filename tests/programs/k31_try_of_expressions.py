# expect: gradient
"""What a `try` computes may raise though nobody reads it; a conditional expression in it; a body of two assignments."""
import math

import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    return [(0.3, np.array([-0.5, 0.8]), np.array([1.5, 0.4])), (0.3, np.array([-0.5, 0.8]), np.array([-1.5, 0.4]))]


def f(a, u, v):
    try:
        c = math.sqrt(v[0] if a > 0.2 else a)
    except ValueError:
        u = v * v
    try:
        d = v * a
        e = d * d
    except ZeroDivisionError:
        u = u * a
    return np.sum(u * u)
