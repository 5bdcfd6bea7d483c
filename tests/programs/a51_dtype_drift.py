# expect: gradient
"""A51: float32 beside Python floats and integer arrays: each gradient has the dtype of its argument."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(51)
    return [(rng.normal(size=4).astype(np.float32), 0.5, rng.normal(size=4), np.arange(4)),
            (rng.normal(size=4), 0.5, rng.normal(size=4).astype(np.float32), np.arange(4))]


def f(u, k, v, n):
    for _ in range(3):
        u = u * k + v * n
        v = v - k * u
    return np.sum(u * u) + np.sum(v)
