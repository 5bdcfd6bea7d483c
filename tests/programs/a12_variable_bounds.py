# expect: gradient
"""A12: bounds of views that change in the loop."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(32)
    return [(rng.normal(size=9), 1.3)]


def f(x, y):
    k = 0
    for step in range(1, 4):
        v = x[k:]
        w = v[::step]
        w *= y * x[8]
        k += 1
    return np.sum(x * x)
