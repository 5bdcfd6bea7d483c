# expect: gradient
"""A view is written, then the loop binds the name anew."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(91)
    return [(0.7, rng.normal(size=4))]


def f(a, u):
    w = u * 0.5
    x = u[1:]
    w[1:] = 0.3 * x
    for _ in range(2):
        w = a * u
    return np.sum(w * w * u)
