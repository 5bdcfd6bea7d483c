# expect: gradient
"""The row that is best so far, of an array nobody writes."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(91)
    return [(rng.normal(size=(4, 3)),),
            (rng.normal(size=(1, 3)),)]


def f(A):
    best = A[0]
    for row in A:
        if np.sum(row * row) > np.sum(best * best):
            best = row
    return np.sum(best * best * best)
