# expect: gradient
"""A row is put where a loop made it: its adjoint is carried by the loop after the row's was cleared."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(244)
    return [(0.3, rng.normal(size=(3, 2)), 2), (0.3, rng.normal(size=(3, 2)), 0)]


def f(p, x, n):
    t = x * 1.0
    for k in range(1, 3):
        y = t[k - 1].copy()
        for _ in range(n):
            y = y + p * np.sin(y)
        t[k] = y
        z = t[k - 1] * 2.0
        for _ in range(n):
            z = z + p * z
        t[k] = z + y
    return np.sum(t * x)
