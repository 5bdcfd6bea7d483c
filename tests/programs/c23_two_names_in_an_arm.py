# expect: gradient
"""Two names of one array come out of a branch in which a loop may swap them."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(a, np.array([0.4, -0.7, 1.2]), np.array([1.0, 0.5, 2.0]), n) for a in (0.3, -0.3) for n in (0, 3)]


def f(a, u, v, n):
    v = u
    if a > 0.0:
        k = 0
        while k < n:
            u, v = v, u
            k += 1
        u[1] = a * v[0]
    else:
        v[:] *= 0.5
    v[2] += u[0] * a
    return np.sum(u * v)
