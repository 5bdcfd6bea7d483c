# expect: gradient
"""A25: the bound and the target are set again in the loop."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(39)
    return [(rng.normal(size=12), 5),
            (rng.normal(size=12), 0)]


def f(x, n):
    s = 1.0
    for i in range(n):
        i = 2 * i
        n = n - 1
        s += x[i] ** 2 * n * s
    return s * n
