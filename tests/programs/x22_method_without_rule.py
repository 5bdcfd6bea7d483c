# expect: later, method
"""A method without a rule."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(46)
    return [(rng.normal(size=3),)]


def f(x):
    y = x * x
    y.sort()  # caret
    return np.sum(y * x)
