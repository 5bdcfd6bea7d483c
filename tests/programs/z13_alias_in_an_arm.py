# expect: refuse, alias
"""An arm makes two names one, then a loop rotates and writes."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(23)
    return [(0.7, rng.normal(size=4), rng.normal(size=4), rng.normal(size=(2, 4)))]


def f(c, u, v, A):
    w = u * 0.5
    if c > 0.5:
        v = u
    for _ in range(2):
        u, v, w = v, w, u
        u[1:] = u[:-1] * w[1:]  # caret
    return np.sum(u * v)
