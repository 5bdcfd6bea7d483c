# expect: gradient
"""A22: a product into a part of one of its operands; the result is that part."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(10)
    return [(rng.normal(size=5), rng.normal(size=4))]


def f(a, b):
    part = np.multiply(a[:-1], b, out=a[1:])
    part *= b
    return np.sum(a * a)
