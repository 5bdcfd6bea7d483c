# expect: gradient
"""Of what index arrays write, NumPy makes a copy first; so it does of rows that a mask selects."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    rng = np.random.default_rng(53)
    return [(rng.normal(size=(3, 3)), rng.permutation(3)), (rng.normal(size=(2, 2)), np.array([1, 1]))]


def f(A, ix):
    for r in A.T:
        r[ix] = r
        r[ix] = A[0]
    A[A[:, 0] > 0.0] = A[1]
    A[ix, ix] = A[0]
    return np.sum(np.sin(A) * A[0])
