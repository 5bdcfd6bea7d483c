# expect: gradient
"""A part of an array is read, of which the name is bound on some paths only; the others are taken, too."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    u = np.array([0.3, 0.5, -0.7, 1.1])
    return [(0.7, u), (0.7, np.abs(u)), (-0.7, u)]


def first(a, u):
    for i in range(len(u)):
        if a * u[i] <= 0.0:
            z = u * a
            return z[i]
    return 0.5 * a


def f(a, u):
    n = 0
    for k in range(len(u)):
        if a * u[k] <= 0.0:
            x = u * a
            n += 1
    s = first(a, u)
    if n > 0:
        return x[0] * x[1] + np.sum(x[1:] * u[:-1]) * s
    return a * s
