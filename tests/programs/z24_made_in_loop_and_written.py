# expect: gradient
"""An array made in each trip and written there, beside a view written before."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(38)
    return [(0.7, rng.normal(size=4), rng.normal(size=4))]


def f(a, u, v):
    w = u * 0.5
    x = u[1:]
    v[1:] += w[1:] * x
    for _ in range(1, 4):
        w = a * u
        w -= u
    return np.sum(u * v) + np.sum(w * w * a)
