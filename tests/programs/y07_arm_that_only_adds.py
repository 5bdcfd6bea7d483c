# expect: gradient
"""An arm adds an argument to an array: its adjoint is handed on, and nothing is written to it there."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(189)
    return [(rng.normal(size=5), 1), (rng.normal(size=5), 0)]


def f(u, d):
    x = u * u
    if d >= 0.2:
        x += u
    return np.sum(x)
