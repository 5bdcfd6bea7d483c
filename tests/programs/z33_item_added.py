# expect: gradient
"""An item of a list by index, added to an array that is written."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(82)
    return [(rng.normal(size=3), rng.normal(size=(2, 3)), [(rng.normal(size=(3, 3)), rng.normal(size=3))])]


def f(v, A, P):
    v += np.tanh(np.tanh(A[1] * 1.5) @ P[0][0]) + P[0][1]
    return np.sum(v * v) + np.sum(A)
