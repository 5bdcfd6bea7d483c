# expect: gradient
"""A4: a swap of elements is one: the right side holds two numbers."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(42)
    return [(rng.normal(size=3), rng.normal(size=3))]


def f(x, w):
    x[0], x[1] = x[1], x[0]
    return np.sum(x * x * w)
