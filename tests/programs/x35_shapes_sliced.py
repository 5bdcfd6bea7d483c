# expect: gradient
"""Shapes are sliced, joined and repeated; so are tuples and lists that are arguments."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(0)
    return [(rng.normal(size=(3, 4)), [(rng.normal(size=(4, 4)), rng.normal(size=4)) for _ in range(count)],
             (rng.normal(size=4), 2.0, rng.normal(size=4))) for count in (3, 2)]


def f(x, layers, t):
    z = np.zeros(x.shape[1:])
    w = np.ones(x.shape[::-1])
    n, = x.shape[:-1]
    for W, b in layers[1:]:
        z = z + x[1] @ W + b
    a, c = t[1:]
    q = np.zeros((2,) + x.shape[1:]) + z
    r = np.ones(x.shape[-1:] * 2) * z
    p = t[:1] + (z, n)
    last = layers[-2:]
    total = np.sum(z) * n + np.sum(w @ x) * a + np.sum(c * z) + np.sum(q * q) + np.sum(r) + np.sum(p[0] * p[1]) * p[2]
    return total + np.sum(last[0][0]) + len(x.shape[1:]) + np.sum(np.zeros(x.shape + (2,)))
