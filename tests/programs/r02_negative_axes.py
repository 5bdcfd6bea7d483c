# expect: gradient
"""Negative axes, tuples of axes, keepdims."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(37)
    return [(rng.normal(size=(2, 3, 4)),),
            (rng.normal(size=(1, 3, 1)),)]


def f(A):
    s = np.sum(A * A, axis=-1)
    m = np.mean(A, axis=(0, -1), keepdims=True)
    t = np.sum(A * m, axis=(-2, 0))
    return np.sum(s * s) * np.sum(t * t) + A.sum(axis=1, keepdims=True).mean()
