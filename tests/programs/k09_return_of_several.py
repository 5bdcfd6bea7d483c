# expect: gradient
"""Inlined functions that return early from loops, with several results."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, 0.8, 1.5]),), (np.array([1.3, 0.8, 1.5]),), (np.array([0.3, 0.8, 0.5]),)]


def first_above(x, bound):
    s = 0.0
    for v in x:
        if v > bound:
            return v, s
        s = s + v * v
    return bound, s


def f(x):
    v, s = first_above(x, 1.0)
    w, t = first_above(x * x, 0.5)
    return v * s + w * t
