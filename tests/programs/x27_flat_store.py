# expect: later, flat
"""A write through `flat`."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(37)
    return [(rng.normal(size=3),)]


def f(x):
    y = x * 2.0
    y.flat[0] = 1.0  # caret
    return np.sum(y * x)
