# expect: gradient
"""Negative steps with bounds."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(39)
    return [(rng.normal(size=7),),
            (rng.normal(size=2),)]


def f(x):
    a = x[::-1]
    b = x[-1:0:-2]
    return np.sum(a * x * x) + np.sum(b * b)
