# expect: gradient
"""A6: NumPy buffers the overlapping operand of an augmented write."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(64)
    return [(rng.normal(size=5), rng.normal(size=5))]


def f(x, w):
    x[1:] += x[:-1]
    x[:-1] *= x[1:]
    return np.sum(x * x * w)
