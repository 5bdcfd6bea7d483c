# expect: later, view
"""The bytes of an array under another dtype."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(28)
    return [(rng.normal(size=3),)]


def f(x):
    y = x.view(np.int64)  # caret
    return np.sum(x) + np.sum(y)
