# expect: gradient
"""A product of parts of an array is the same to the last bit, though they are kept in a branch for the way back."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(665)
    return [(a, rng.normal(size=5), rng.normal(size=5), rng.normal(size=(3, 4))) for a in (0.72, 0.3, -0.4)]


def f(a, u, v, A):
    u[1:3] += a
    if a > 0.5:
        s = u[::-1] @ u
        t = np.sum(A.T * a)
        u[0] = s * t
    elif a > 0.0:
        return np.sum(u[::-2]) * (u[::-1] @ u)
    else:
        u += v
        s = np.sum(u * u)
    return np.sum(u) * s
