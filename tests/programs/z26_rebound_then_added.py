# expect: gradient
"""Names of one array in nested loops, then a product of all is added."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(57)
    return [(0.7, 0.4, rng.normal(size=4), rng.normal(size=4))]


def f(a, b, u, v):
    w = u * 0.5
    for _ in range(3):
        u = np.sin(a * v)
        for _ in range(2):
            w = u
            b *= a
    u = np.sum(v) * 0.3 * b * w
    v += u
    return np.sum(u * v * w)
