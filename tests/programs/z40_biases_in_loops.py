# expect: gradient
"""Vectors that loops add to matrices: nested loops, branches, zero trips, another size each trip, two sums of one array."""
import numpy as np

ARGNUMS = (0, 1, 2, 3, 4)


def inputs():
    rng = np.random.default_rng(0)
    return [(0.5 * rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=(1, 3)), rng.normal(size=(2, 1)),
             rng.normal(size=(2, 3)), n) for n in (3, 0, 1)]


def f(W, b, c, d, x, n):
    h = np.tanh(x)
    total = 0.0
    for k in range(n):
        h = np.tanh(h @ W + b)
        g = np.sin(h * c - d)
        if k % 2 == 0:
            g = g + b
        for i in range(2):
            g = np.cos(g + c + b)
            total = total + np.sum(g[i:] * b)
        total = total + np.sum(g * h) + np.sum(x[:k] * b)
    return total
