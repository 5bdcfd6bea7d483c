# expect: later, where
"""A22: `where=` of a ufunc."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(55)
    return [(rng.normal(size=5),)]


def f(a):
    b = np.add(a, a, where=a > 0, out=a)  # caret
    return np.sum(b * b)
