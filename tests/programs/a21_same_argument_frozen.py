# expect: gradient
"""A21: one array as two arguments: nothing is written."""
import itertools

import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(5)
    return [tuple(itertools.repeat(rng.normal(size=4), 2))]


def f(x, y):
    z = x * y
    return np.sum(z * x)
