# expect: gradient
"""Carried matrices."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(94)
    return [(rng.normal(size=(2, 2)), 4),
            (rng.normal(size=(2, 2)), 0)]


def f(A, n):
    P = A * 1.0
    for _ in range(n):
        P = P @ A * 0.5 + P
    return np.sum(P * P)
