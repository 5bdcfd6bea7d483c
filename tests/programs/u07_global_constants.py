# expect: gradient
"""Numbers and arrays of the module."""
import numpy as np

ARGNUMS = 0
RATE = 0.3
WEIGHTS = np.array([1.0, -2.0, 0.5])


def inputs():
    rng = np.random.default_rng(84)
    return [(rng.normal(size=3),)]


def f(x):
    return np.sum(np.exp(-RATE * x) * WEIGHTS * x)
