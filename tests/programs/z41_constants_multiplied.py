# expect: gradient
"""A product of constants alone, which the backward sweep reads twice."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    rng = np.random.default_rng(41)
    return [(rng.normal(size=4),)]


def f(u):
    a = 0.3 * 0.5 * u[-1]
    return np.sum(u * u) + a + a
