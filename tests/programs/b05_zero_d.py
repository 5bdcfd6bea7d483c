# expect: gradient
"""Arguments that are 0-d arrays."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(64)
    return [(np.array(0.7), rng.normal(size=3))]


def f(s, x):
    t = s * s + x[0]
    return np.sum(x * t * s)
