# expect: gradient
"""A50: a slice may have size 1 where its base has not."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(50)
    return [(rng.normal(size=5), rng.normal(size=4), 1),
            (rng.normal(size=5), rng.normal(size=4), 4),
            (rng.normal(size=5), rng.normal(size=1), 2)]


def f(x, y, k):
    w = np.sin(x[k:])
    z = w + y
    return np.sum(z * z * w)
