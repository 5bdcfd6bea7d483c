# expect: gradient
"""A49: 1, 1.0 and True are equal, but not one type: each input is a call of its own."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(49)
    x = rng.normal(size=3)
    kinds = [True, 1, 1.0, np.float32(1.0), np.float64(1.0), np.int64(1), np.array(1.0), np.array(1), 0.0, -0.0]
    return [(x.copy(), kind) for kind in kinds]


def f(x, k):
    y = x * k
    if k == 0:
        y = y + x
    return np.sum(y * x * (k + 2))
