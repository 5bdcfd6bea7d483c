# expect: gradient
"""A30: a variable that starts as None."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.4, 0.9, 0.3, 1.2, 0.8]),), (np.array([1.4, 0.9]),)]


def f(x):
    best = None
    for v in x:
        if best is None or v > best:
            best = v
    return best * best
