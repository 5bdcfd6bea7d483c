# expect: gradient
"""Items of a list of tuples by index, in an array that is written."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(61)
    return [(0.3, rng.normal(size=3), rng.normal(size=3), [(rng.normal(size=(3, 3)), rng.normal(size=3)), (rng.normal(size=(3, 3)), rng.normal(size=3))])]


def h(s, t):
    if s > t:
        return s * 0.5
    return np.sin(t) * s


def f(a, u, v, P):
    c = 0.3
    w = u * 0.5
    c -= np.sin(h(a, w[1]))
    w += np.tanh(v @ P[1][0]) + P[-1][1]
    return np.sum(u * v) + np.sum(w * w) * c
