# expect: gradient
"""float32 against float64: each gradient has its argument's dtype."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(40)
    return [(rng.normal(size=(2, 3)).astype(np.float32), rng.normal(size=3)),
            (rng.normal(size=(1, 3)).astype(np.float32), rng.normal(size=3))]


def f(x, y):
    z = x * y + x
    return np.sum(z * z)
