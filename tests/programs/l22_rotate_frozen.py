# expect: gradient
"""Names that rotate over arrays nobody writes."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(64)
    return [(rng.normal(size=3), rng.normal(size=3), 3),
            (rng.normal(size=3), rng.normal(size=3), 0)]


def f(u, v, n):
    w = u * v
    for _ in range(n):
        u, v, w = v, w, u * v + w
    return np.sum(u * v * w)
