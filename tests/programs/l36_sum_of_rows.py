# expect: gradient
"""The sum of rows, and of their products with what was before."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(56)
    return [(rng.normal(size=(3, 2)),),
            (rng.normal(size=(0, 2)),)]


def f(A):
    total = np.zeros(2)
    for row in A:
        total = total + row * row + total * 0.5
    for row in A[1:]:
        total += row
    return np.sum(total * total)
