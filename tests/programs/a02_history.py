# expect: refuse, makes a number anew
"""A2: with a list that holds `acc`, all entries are one array."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(9)
    return [(rng.normal(size=(3, 4)),)]


def f(A):
    acc = 0
    hist = []
    for a in A:
        acc += a  # caret
        hist.append(acc)
    return np.sum(hist[0] * hist[-1])
