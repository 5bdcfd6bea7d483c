# expect: refuse, rule
"""A23: `multiply.at` has no derivative rule."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(42)
    return [(rng.normal(size=4), rng.normal(size=3), np.array([0, 0, 1]))]


def f(x, v, idx):
    np.multiply.at(x, idx, v)  # caret
    return np.sum(x * x)
