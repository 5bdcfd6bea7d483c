# expect: gradient
"""What is set to zero in an adjoint is set before a branch hands that adjoint on under another name."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    return [(a, np.array([0.4, -0.7, 0.2]), np.array([1.0, 0.5])) for a in (1.5, 0.0)]


def f(a, u, v):
    if a:
        v, u = (u, v)
    u[0] = a
    return np.sum(u * u) * v[1]
