# expect: gradient
"""A number that becomes an array in the first trip; no trip at all; on one path only."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(31)
    x, w = rng.normal(size=4), rng.normal(size=4)
    return [(np.array([0.5, -1.2, 0.7]), x, w, 3), (np.zeros(0), x, w, 2), (np.array([0.3]), x, w, 0)]


def f(coefficients, x, w, n):
    y = 0.0
    for c in reversed(coefficients):
        y = y * x + c
    s = np.sum(y * y) + np.sum(y * w)
    h = 1.0
    k = 0
    while k < n:
        s = s + 0.1 * np.sum(h * w)
        h = np.sin(h * x) + 0.2 * h
        k += 1
    z = 0.0
    if n > 2:
        z = x * w
    return s + np.mean((h + z) * w) + np.sum(h * h)
