# expect: gradient
"""Reductions as methods, of expressions."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(96)
    return [(rng.normal(size=(3, 4)),)]


def f(A):
    return (A * A).sum(axis=0).mean() + A.T.sum(axis=0).max() * (A ** 2).mean(axis=1, keepdims=True).sum()
