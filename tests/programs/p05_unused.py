# expect: gradient
"""Arguments, and leaves, that nobody reads."""
import numpy as np

ARGNUMS = (0, 1, 2, 3, 4)


def inputs():
    rng = np.random.default_rng(95)
    return [(rng.normal(size=3), rng.normal(size=(2, 2)), [rng.normal(size=2), 0.5], {'a': rng.normal(size=2), 'n': 2}, 0.7)]


def f(x, unused, some, d, k):
    return np.sum(x * x) + np.sum(some[0])
