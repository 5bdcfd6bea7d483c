# expect: gradient
"""A `while` over an array that is written in place."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(27)
    return [(rng.uniform(0.5, 1.0, 4), 0.8),
            (rng.uniform(0.0, 0.1, 4), 0.8)]


def f(x, k):
    n = 0
    while np.sum(x * x) > 0.3 and n < 50:
        x[1:] = x[1:] * k - 0.1 * x[:-1] * x[1:]
        x[0] *= k
        n += 1
    return np.sum(x * x) * n + np.sum(x)
