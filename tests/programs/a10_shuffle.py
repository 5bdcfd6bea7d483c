# expect: refuse, `shuffle`
"""A10: a call that writes an inactive argument."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(68)
    return [(rng.normal(size=4), rng.normal(size=4), np.array([2, 0, 3, 1]), np.random.default_rng(0))]


def f(x, w, q, rng):
    for _ in range(3):
        rng.shuffle(q)  # caret
        x = x * w[q] + x[q]
    return np.sum(x * x)
