# expect: gradient
"""A23: `add.at` and `subtract.at` add up at repeated indices."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(25)
    return [(rng.normal(size=n), rng.normal(size=len(idx)), np.array(idx, dtype=int))
            for n, idx in [(4, [0, 0, 1]), (2, [1, -1, 1, 1, 0]), (3, []), (3, [2]), (1, [0, 0])]]


def f(x, v, idx):
    y = np.zeros((2, len(x)))
    np.add.at(x, idx, v * v)
    np.subtract.at(x, idx, x[idx] * v)
    for k in range(2):
        np.add.at(y[k], idx, np.sin(v))
        np.subtract.at(y, (slice(None), idx), v * x[idx])
        np.add.at(x, idx, x[idx] * 0.5)
    np.add.at(y, 1, 2.0)
    np.add.at(x, x > 0.5, v[0] if len(v) else 1.0)
    return np.sum(x * x) + np.sum(y * y * x)
