# expect: refuse, NumPy reads what it has just written
"""`np.fill_diagonal` writes element by element, also where it is given a part of the same array."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    rng = np.random.default_rng(7)
    return [(rng.normal(size=(4, 4)),)]


def f(A):
    np.fill_diagonal(A, A[::-1, 0])  # caret
    return np.sum(A * A)
