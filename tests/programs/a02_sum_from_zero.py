# expect: gradient
"""A2: `acc` is an int, then an array; nobody holds the array, so `+=` is `acc = acc + a`."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(56)
    return [(rng.normal(size=(3, 4)),),
            (rng.normal(size=(1, 2)),)]


def f(A):
    acc = 0
    for a in A:
        acc += a * a
    return np.sum(acc * acc)
