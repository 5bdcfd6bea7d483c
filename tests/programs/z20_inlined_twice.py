# expect: gradient
"""A callee with branches, called twice in a line."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(40)
    return [(0.7, 0.4, rng.normal(size=3)),
            (0.1, -0.4, rng.normal(size=3))]


def h(s, t):
    if s > t:
        return s * 0.5
    return np.sin(t) * s


def f(a, b, v):
    c = 0.3
    w = h(c, b) * v * v
    b *= h(a, c) + np.sin(b)
    return a * b + np.sum(w * w) * c
