# expect: gradient
"""Loops over a few numbers that the body needs when it is compiled: axes, places in lists, sizes that change."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(33)
    return [(rng.uniform(1.0, 2.0, size=shape), 0.7) for shape in ((3, 2), (1, 4), (2, 2))]


def sweep(x, s):
    for axis in range(x.ndim):
        x = x / np.sum(x, axis=axis, keepdims=True) + s
    return x


def f(x, s):
    parts = [x, x * x, s * x]
    for k, axis in enumerate((-1, 0, 1)):
        parts[k] = parts[k] + np.cumsum(parts[k - 1], axis=axis)
        if axis == 0:
            continue
        parts[k] = parts[k] * s
    y = sweep(parts[0], s) + sweep(parts[1], s * s)
    for axis in (0, 1):
        y = y.T if axis else y
        rows = [w * y[i:i + y.shape[0] - 1] for i, w in enumerate((s, 2.0))]
        y = np.concatenate(rows) if axis else y
    return np.sum(y * y) + np.sum(parts[2])
