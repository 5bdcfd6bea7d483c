# expect: refuse, loop
"""A name whose rank changes from trip to trip."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(68)
    return [(rng.normal(size=3),)]


def f(x):
    y = x
    for _ in range(2):  # caret
        y = y[None] * 2.0
    return np.sum(y)
