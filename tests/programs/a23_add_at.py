# expect: refuse, `at`
"""A23: `add.at` adds up at repeated indices."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(25)
    return [(rng.normal(size=4), rng.normal(size=3), np.array([0, 0, 1]))]


def f(x, v, idx):
    np.add.at(x, idx, v * v)  # caret
    return np.sum(x * x)
