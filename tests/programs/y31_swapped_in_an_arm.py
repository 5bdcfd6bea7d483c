# expect: gradient
"""What is set to zero in an adjoint is set before a branch hands that adjoint on under another name."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    return [(1.5, np.array([0.4, -0.7, 0.2]), np.array([1.0, 0.5]), n) for n in (1, 0)]


def f(a, u, v, n):
    if n:
        v, u = (u, v)
    u[0] = a
    return np.sum(u * u) * v[1]
