# expect: gradient
"""Items of a list by index, from both ends."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(45)
    return [([rng.normal(size=2), rng.normal(size=3), rng.normal(size=2)], 0.7)]


def f(xs, k):
    return np.sum(xs[0] * xs[-1]) * k + np.sum(xs[1] * xs[1]) + xs[2][0]
