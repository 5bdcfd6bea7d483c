# expect: refuse, `multiply.at`; use a loop
"""A23: what multiplies one by one is not linear in what is written to."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(25)
    return [(rng.normal(size=4), rng.normal(size=3), np.array([0, 0, 1]))]


def f(x, v, idx):
    np.multiply.at(x, idx, v)  # caret
    return np.sum(x * x)
