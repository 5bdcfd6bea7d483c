# expect: refuse, view
"""A3: a reshape of an array that is written may be a view or a copy."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(27)
    return [(rng.normal(size=4),)]


def f(x):
    s = x[0]
    t = x[0:1].reshape(())  # caret
    s *= 2
    t *= 3
    return s + np.sum(x * x)
