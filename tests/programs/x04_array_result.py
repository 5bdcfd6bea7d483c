# expect: refuse, not one number
"""The result is an array."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(72)
    return [(rng.normal(size=3),)]


def f(x):  # caret
    return x * x
