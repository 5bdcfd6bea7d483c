# expect: gradient
"""A loop over an array that is computed, and over a slice."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(64)
    return [(rng.normal(size=4), 0.7),
            (rng.normal(size=1), 0.7)]


def f(x, k):
    s = k
    for v in x * x * k:
        s = s * v + 0.5
    for v in x[1:]:
        s = np.sin(s * v)
    return s
