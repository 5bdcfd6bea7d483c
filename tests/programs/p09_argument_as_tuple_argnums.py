# expect: gradient
"""One argument, asked for as a tuple."""
import numpy as np

ARGNUMS = (1,)


def inputs():
    rng = np.random.default_rng(85)
    return [(rng.normal(size=3), 0.7)]


def f(x, k):
    return np.sum(np.exp(x * k))
