# expect: gradient
"""A loop over `enumerate`."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(9)
    return [(rng.normal(size=4),)]


def f(xs):
    s = 1.0
    for i, x in enumerate(xs):
        s = s + i * x * s
    return s
