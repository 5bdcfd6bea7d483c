# expect: gradient
"""A loop over a list ends before its end: the gradients of the items that it did not come to are zeros."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(812)
    return [(a, [(0.5 * rng.normal(size=(3, 3)), rng.normal(size=3)) for _ in range(3)]) for a in (-0.4, 2.0, 0.0)]


def f(a, P):
    c = 0.5
    for W, b in P:
        c = c + np.sum(W) * a + b[0] * a
        if c >= 0.3:
            break
    return c * a
