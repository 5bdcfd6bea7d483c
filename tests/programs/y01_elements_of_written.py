# expect: gradient
"""A loop over the elements of an array that its body writes."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(992)
    return [(rng.normal(size=4),)]


def f(u):
    for c in u:
        q = np.sum(u) * c
        u[2] = q
    return np.sum(u)
