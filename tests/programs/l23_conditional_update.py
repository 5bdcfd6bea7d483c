# expect: gradient
"""The best so far, and a state that some trips change."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.5, 1.5, 0.2, 1.9, -0.3]), 0.6),
            (np.array([-0.5]), 0.6)]


def f(x, k):
    best = x[0]
    h = k
    for v in x:
        if v > best:
            best = v * k
            h = h * best
    return best * best * h
