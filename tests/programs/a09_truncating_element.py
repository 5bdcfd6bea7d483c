# expect: refuse, integers
"""A9: one element of a float written into an array of integers."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(91)
    return [(rng.normal(size=5),)]


def f(x):
    y = np.arange(5)
    for i in range(5):
        y[i] = x[i]  # caret
    return np.sum(y * x)
