# expect: gradient
"""Slices that move with a loop: inside the axis, and over its end."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(25)
    return [(rng.normal(size=7), rng.normal(size=3)), (rng.normal(size=4), rng.normal(size=1)),
            (rng.normal(size=3), rng.normal(size=3))]


def f(x, w):
    total = 0.0
    n = len(x) - len(w) + 1
    y = np.zeros(n)
    for i in range(len(w)):
        y += w[i] * x[i:i + n] ** 2
    for i in range(n):
        total += np.sum(w * x[i:i + len(w)])
    for i in range(len(x)):
        total += np.mean(x[i:i + 3]) ** 2 * np.sum(x[:i])
    return total + np.sum(y * y)
