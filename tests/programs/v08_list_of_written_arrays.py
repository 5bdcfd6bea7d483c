# expect: later, list
"""A list of one array that is written in every trip."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 3)]


def f(x, n):
    log = []
    y = x * 1.0
    for _ in range(n):  # caret
        y *= x
        log.append(y)
    return np.sum(np.stack(log))
