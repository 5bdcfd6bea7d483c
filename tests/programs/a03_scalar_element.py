# expect: gradient
"""A3: an element is a number: `s *= 2` rebinds s and leaves x."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(16)
    return [(rng.normal(size=4),)]


def f(x):
    s = x[0]
    s *= 2
    s *= s
    return s + np.sum(x * x)
