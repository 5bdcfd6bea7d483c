# expect: later, list
"""An array in a list argument is written."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(85)
    return [([rng.normal(size=3), rng.normal(size=3)], 0.7)]


def f(xs, k):
    x = xs[0]
    x[1:] *= k  # caret
    return np.sum(x * x * xs[1])
