# expect: gradient
"""An array made anew in each trip beside one that is written."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(69)
    return [(0.3, rng.normal(size=4), rng.normal(size=4))]


def g(s, x):
    return np.tanh(x * s) + x * 0.5


def f(b, u, w):
    for i in range(1, 4):
        u = g(u[i], g(b, w))
        w[i] *= 0.7
    return np.sum(u * w)
