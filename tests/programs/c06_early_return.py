# expect: gradient
"""Returns in the arms of a branch."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(52)
    return [(0.7, rng.normal(size=3)),
            (-0.7, rng.normal(size=3)),
            (1.7, rng.normal(size=3))]


def f(s, x):
    if s < 0:
        return np.sum(x * s)
    y = x * x
    if s > 1:
        return np.sum(y * y) * s
    else:
        return np.sum(y) * s * s
