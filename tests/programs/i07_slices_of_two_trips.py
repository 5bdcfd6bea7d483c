# expect: gradient
"""A slice of one trip, kept, meets one of another trip: their sizes differ, and one is broadcast."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    rng = np.random.default_rng(73)
    return [(rng.normal(size=6),)]


def f(x):
    for j in range(2, 4):
        for i in range(1, j):
            a = x[:i] * 1.0
        if j == 2:
            keep = a
        b = a
    return np.sum(keep * b * b)
