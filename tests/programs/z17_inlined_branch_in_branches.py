# expect: gradient
"""A callee with branches, called in a branch of a branch."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(13)
    return [(0.7, 0.4, rng.normal(size=3)),
            (0.2, 0.4, rng.normal(size=3)),
            (0.2, -0.4, rng.normal(size=3))]


def h(s, t):
    if s > t:
        return s * 0.5
    return np.sin(t) * s


def f(a, b, w):
    c = 0.3
    if b > 0.0:
        if b * b < a:
            a += h(c * w[1], c)
    return a * b + np.sum(w * w) * c
