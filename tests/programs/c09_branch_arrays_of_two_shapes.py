# expect: gradient
"""Arms that give arrays of other sizes."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(58)
    return [(0.7, rng.normal(size=4)),
            (-0.7, rng.normal(size=4))]


def f(s, x):
    if s > 0:
        y = x[1:] * s
    else:
        y = x * x
    return np.sum(y * y)
