# expect: gradient
"""An element is set to a product with a difference that is zero."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(55)
    return [(0.7, rng.normal(size=3), rng.normal(size=(2, 3)))]


def f(a, u, A):
    w = u * 0.5
    for i in range(2):
        w[i] = A[1, i] * (a - a)
    return np.sum(w * w * u)
