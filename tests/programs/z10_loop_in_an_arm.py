# expect: gradient
"""Arms that write an array, one of them in a loop."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(37)
    return [(0.7, 0.3, rng.normal(size=4), rng.normal(size=4)),
            (0.3, 0.7, rng.normal(size=4), rng.normal(size=4)),
            (0.3, -0.7, rng.normal(size=4), rng.normal(size=4))]


def f(a, b, u, v):
    if b < 0.0:
        u -= np.tanh(v)
    else:
        if a > b:
            for i in range(1, 4):
                u[i] *= a
        else:
            u += np.tanh(u + v)
    return np.sum(u * v)
