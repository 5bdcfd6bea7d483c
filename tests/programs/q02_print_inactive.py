# expect: gradient
"""Tests on sizes and shapes."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(63)
    return [(rng.normal(size=(2, 3)),),
            (rng.normal(size=(1, 3)),)]


def f(x):
    n, m = x.shape
    s = x * x
    if n > 1:
        s = s * m
    if len(x) == 1 and x.ndim == 2:
        s = s / x.size
    return np.sum(s)
