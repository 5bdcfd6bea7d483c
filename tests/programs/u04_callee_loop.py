# expect: gradient
"""A callee with a loop, called in a loop."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(8)
    return [(rng.normal(size=3), 2),
            (rng.normal(size=3), 0)]


def power_sum(x, n):
    s = 1.0
    for k in range(n):
        s = s * np.sum(x * x) * 0.5 + k
    return s


def f(x, n):
    total = 0.0
    for i in range(3):
        total += power_sum(x * x[i], n) * x[i]
    return total
