# expect: gradient
"""A difference that is zero, differentiated by itself alone."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(9)
    return [(0.7, rng.normal(size=3))]


def h(s, t):
    if s > t:
        return s * 0.5
    return np.sin(t) * s


def f(a, u):
    u[1] = h(a - a, np.sum(u) * 0.3)
    return np.sum(u * u) * a
