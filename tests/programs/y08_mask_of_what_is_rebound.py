# expect: gradient
"""A mask is written through after the array that it was made of has another name: it is named, not the place."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(493)
    return [(0.7, rng.normal(size=5), rng.normal(size=5), 5), (0.7, rng.normal(size=4), rng.normal(size=4), 2)]


def f(a, u, v, n):
    for i in range(1, n):
        u, v = v, u
        z = u
        if i:
            u *= z
        v[u <= 0.2] = a
    return np.sum(u)
