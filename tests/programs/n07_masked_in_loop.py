# expect: gradient
"""Masked logarithms in a loop."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(1784)
    return [(np.array([0.0, 1.0, 2.0, 0.0]), np.array([False, True, True, False]))]


def f(x, keep):
    total = 0.0
    for k in range(3):
        total += np.sum(np.where(keep, np.log(x) * (k + 1.0), 0.0))
        x = x * 1.5
    return total
