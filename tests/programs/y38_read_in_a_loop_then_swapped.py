# expect: gradient
"""What a loop only reads is written after it under another name."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(38)
    return [(0.31, rng.normal(size=4), rng.normal(size=4), limit) for limit in (0.1, 0.3)]


def f(a, u, v, c):
    v[2] = a * a
    for _ in range(2):
        a = a * np.min(v) + np.sum(v * v)
    while c >= 0.2:
        v, u = u, v
        v[v < c] += a
        c = c - 0.06
    return a + np.sum(u * v)
