# expect: gradient
"""Defaults and keyword arguments, of f and of a callee."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(19)
    return [(rng.normal(size=3),),
            (rng.normal(size=3), 0.9)]


def g(x, k=0.5, *, shift=1.0):
    return np.sin(k * x + shift)


def f(x, k=0.3):
    return np.sum(g(x) * g(x, k=k) * g(shift=k, x=x))
