# expect: later, with
"""A `with` statement."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(81)
    return [(rng.normal(size=3),)]


def f(x):
    with np.errstate(all='ignore'):  # caret
        y = x * x
    return np.sum(y)
