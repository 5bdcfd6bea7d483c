# expect: gradient
"""A tangent has several names while one of them is written; a conditional expression is read after its names are bound anew."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    return [(1.1, np.array([0.4, -0.7, 0.2]), np.array([1.0, 0.5, -0.3])),
            (-0.2, np.array([0.4, 0.7]), np.array([0.5, -0.3]))]


def g(s, t):
    p = s
    s = p * t
    return 2.0 if not t else s + t


def f(a, u, v):
    x = 1.0 * u
    x, v, u = v, u, x
    v[1:] = 2.0 * a
    y = x
    return v[1] + np.sum(u * u) + np.sum(y) * (g(a, 1) + g(a, a))
