# expect: gradient
"""Slices that move with two loops: of one length where one index bounds both, broadcast where two do."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(74)
    return [(rng.normal(size=6), rng.normal(size=(6, 6)))]


def f(x, A):
    s = 0.0
    for i in range(1, 4):
        for j in range(1, 4):
            s = s + np.sum(x[:i] * A[j, :i] ** 2)
            if i == 1:
                s = s + np.sum(x[:i] * x[:j] ** 2)
    return s
