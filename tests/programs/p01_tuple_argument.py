# expect: gradient
"""A tuple argument."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(74)
    return [((rng.normal(size=3), 0.7), 1.5)]


def f(pair, k):
    x, s = pair
    return np.sum(x * x * s) * k + pair[1] * pair[0][0]
