# expect: gradient
"""Adjoints in a list are arrays of their own, though the adjoint of each item is the same, or an argument."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(316)
    made = [rng.normal(size=3) for _ in range(7)]
    return [(made[:2], [(np.diag(made[2]), made[3]), (np.diag(made[4]), made[5])], made[6])]


def f(bs, layers, x):
    total = 0.0
    for b in bs:
        total += np.sum(b * x)
    y = x
    for b in bs:
        y = y + b
    for W, b in layers:
        y = y @ W + b
    return total + np.sum(y * y)
