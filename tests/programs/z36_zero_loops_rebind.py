# expect: gradient
"""Two loops bind a name anew; either may not run."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(11)
    return [(0.3, rng.normal(size=3), rng.normal(size=3), 1, 2),
            (0.3, rng.normal(size=3), rng.normal(size=3), 1, 0),
            (0.3, rng.normal(size=3), rng.normal(size=3), 0, 0)]


def f(a, u, v, n, m):
    w = u * 0.5
    for _ in range(n):
        v = a * u
    for _ in range(m, 0, -1):
        v = w
    return np.sum(u * v) * a
