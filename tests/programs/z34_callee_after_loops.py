# expect: gradient
"""A callee with branches, called in a loop that never runs and after it."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(77)
    return [(0.3, rng.normal(size=3), rng.normal(size=3), 0),
            (0.3, rng.normal(size=3), rng.normal(size=3), 2)]


def h(s, t):
    if s > t:
        return s * 0.5
    return np.sin(t) * s


def f(a, u, v, n):
    c = 0.3
    for _ in range(n):
        for _ in range(2):
            c = h(np.tanh(a), 1.5 * v[2])
    v[1:] = u[1:] * v[1:]
    a = h(np.sum(v) * 0.3, v[-1] + a)
    return np.sum(u * v) * a * c
