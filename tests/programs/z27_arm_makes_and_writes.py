# expect: gradient
"""An arm makes one array and writes another; a sum of the first follows."""
import numpy as np

ARGNUMS = (0, 1, 2, 3, 4)


def inputs():
    rng = np.random.default_rng(8)
    return [(0.3, 0.7, rng.normal(size=4), rng.normal(size=4), rng.normal(size=4)),
            (0.8, 0.7, rng.normal(size=4), rng.normal(size=4), rng.normal(size=4))]


def f(a, b, u, v, w):
    if a < b:
        v = a * u
        w *= np.tanh(u * v[3]) + u + w
    a = np.sum(v) * 0.3
    return np.sum(u * v) * a + np.sum(w * w) * b
