# expect: gradient
"""(n, 1) * (1, m) and (n, 1) * (m,)."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(74)
    return [(rng.normal(size=(3, 1)), rng.normal(size=(1, 4)), rng.normal(size=4)),
            (rng.normal(size=(1, 1)), rng.normal(size=(1, 1)), rng.normal(size=1)),
            (rng.normal(size=(3, 5)), rng.normal(size=(3, 5)), rng.normal(size=5))]


def f(x, y, z):
    a = x * y
    return np.sum(a * (a - x / (2.0 + z * z)))
