# expect: gradient
"""Nested loops, one bound by the other's variable."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(51)
    return [(rng.normal(size=4), 0.6),
            (rng.normal(size=1), 0.6),
            (np.zeros(0), 0.6)]


def f(x, a):
    s = a
    for i in range(x.shape[0]):
        t = x[i]
        for j in range(i):
            t = t * x[j] + s
        s = s * 0.5 + t * t
    return s
