# expect: refuse, stand
"""A1: `prev` is read before it is set: two arrays in the first trip, one in the others."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(64)
    return [(rng.normal(size=4),)]


def f(x):
    cur = x.copy()
    prev = x * 2.0
    for _ in range(3):  # caret
        cur += x * prev
        prev = cur
    return np.sum(prev * cur)
