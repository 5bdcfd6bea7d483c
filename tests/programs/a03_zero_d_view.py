# expect: gradient
"""A3: `x[0, ...]` is a 0-d view: `t *= 3` writes x[0]."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(17)
    return [(rng.normal(size=4),)]


def f(x):
    s = x[0]
    t = x[0, ...]
    s *= 2
    t *= 3
    return s * s + np.sum(x * x * x)
