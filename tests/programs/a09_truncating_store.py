# expect: refuse, integers
"""A9: a float written into an array of integers is cut off."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(96)
    return [(rng.normal(size=5),)]


def f(x):
    y = np.zeros(5, dtype=int)
    y[:] = x * 10  # caret
    return np.sum(y * x)
