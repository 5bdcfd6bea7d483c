# expect: refuse, with another stride
"""A row is written to a column: where they overlap, NumPy 2 reads an element that it has just written."""
import numpy as np
ARGNUMS = 0


def inputs():
    return [(np.arange(25.0).reshape(5, 5),)]


def f(A):
    for k, w in enumerate(A):
        A[:, -1] = w  # caret
    return np.sum(A)
