# expect: gradient
"""Two equal shares whose constant is itself a product of constants."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(1.5, np.array([0.3, -0.8, 0.5, 1.1])), (-0.4, np.array([0.3, 0.8]))]


def f(a, u):
    u[1:] *= 0.3 * 0.5 * u[1:]
    b = 2.0 * 0.7 * a * a + a * a * (3.0 * 0.4)
    return np.sum(u) * b * (0.5 * 0.2)
