# expect: refuse, truth of an array
"""An array as a test."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(86)
    return [(rng.normal(size=3),)]


def f(x):
    if x > 0:  # caret
        return np.sum(x)
    return np.sum(x * x)
