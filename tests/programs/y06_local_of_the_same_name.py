# expect: gradient
"""The array that a function returns has, inside it, the name that its caller gives it."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(11)
    return [(rng.normal(size=(3, 2)), 2), (rng.normal(size=(2, 2)), 0)]


def g(p):
    a = np.empty_like(p)
    a[:, 0] = p[:, 0] * 2.0
    a[:, 1] = p[:, 1] * p[:, 0]
    return a


def f(p, n):
    a = g(p)
    for _ in range(n):
        p += a * 0.5
        a = g(p)
        p += a
    return np.sum(p * p)
