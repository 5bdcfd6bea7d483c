# expect: gradient
"""Arguments that are NumPy scalars."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(53)
    return [(np.float64(0.7), rng.normal(size=3))]


def f(s, x):
    t = s * s + x[0]
    return np.sum(x * t) * s
