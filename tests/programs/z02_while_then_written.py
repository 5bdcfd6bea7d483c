# expect: gradient
"""An array that a `while` may have left as it was, written after it."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(23)
    return [(1.2, rng.normal(size=3)),
            (2.2, rng.normal(size=3))]


def f(a, u):
    q = 0
    while q < 3 and a < 2.0:
        q += 1
        u = a * u
    u += u
    return np.sum(u * u)
