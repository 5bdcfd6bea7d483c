# expect: gradient
"""A loop over a list of arrays of several sizes."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(62)
    return [([rng.normal(size=3), rng.normal(size=1), rng.normal(size=4)], 0.7),
            ([rng.normal(size=3)], 0.7)]


def f(xs, k):
    s = k
    for x in xs:
        s = s * k + np.sum(x * x) * s
    return s
