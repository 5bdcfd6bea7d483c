# expect: gradient
"""Nested branches in a loop, with carried scalars."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.5, -1.5, 2.0, -0.2, 0.9]), 0.4),
            (np.array([-0.5]), 0.4),
            (np.zeros(0), 0.4)]


def f(x, a):
    s = a
    p = 1.0
    for i in range(x.shape[0]):
        v = x[i]
        if v > 0:
            if v > 1:
                s = s * v
            else:
                s += v * v
                p = p * s
        elif s > 0.3:
            p -= v * a
        s = s * a + p
    return s * p
