# expect: refuse, what it has just written
"""Of what a mask writes, NumPy makes no copy first: where the two overlap, it reads what it has just written."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    return [(np.arange(1.0, 6.0),)]


def f(x):
    x[x > 1.0] = x[:4]  # caret
    return np.sum(x ** 2)
