# expect: gradient
"""The parameters are used in two loops."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(30)
    return [([rng.normal(size=2), rng.normal(size=2)], 0.7),
            ([rng.normal(size=2)], 0.7)]


def f(params, k):
    s = k
    for p in params:
        s = s * np.sum(p * p)
    penalty = 0.0
    for p in params:
        penalty += np.sum(p * p * p) * s
    return s + k * penalty
