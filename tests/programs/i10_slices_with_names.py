# expect: gradient
"""Slices that have names."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(310)
    return [(rng.normal(size=6), 0.3, 2), (rng.normal(size=(6, 2)), 0.3, 3)]


def f(x, w, n):
    out = np.zeros_like(x)
    d = len(x) // n
    for k in range(n):
        rows = slice(k * d, (k + 1) * d)
        out[rows] = x[rows] * w
    inner, left, right = slice(1, -1), slice(None, -2), slice(2, None)
    for _ in range(n):
        out[inner] += w * (out[left] - 2 * out[inner] + out[right])
    return np.sum(out[slice(5)] ** 2)
