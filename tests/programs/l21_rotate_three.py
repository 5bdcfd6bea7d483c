# expect: gradient
"""Three buffers that rotate."""
import numpy as np

ARGNUMS = (0, 2)


def inputs():
    rng = np.random.default_rng(36)
    return [(rng.normal(size=4), 4, 0.7),
            (rng.normal(size=4), 0, 0.7),
            (rng.normal(size=4), 2, 0.7)]


def f(x, n, k):
    u = x * 1.0
    v = x * x
    w = np.zeros_like(x)
    for _ in range(n):
        w[1:] = u[1:] * v[:-1] * k
        w[0] = k
        u, v, w = v, w, u
    return np.sum(u * v * w) + np.sum(u * u)
