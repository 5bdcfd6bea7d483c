# expect: gradient
"""Powers, quotients and logarithms."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(52)
    return [(rng.uniform(0.5, 2.0, 4), rng.uniform(0.5, 2.0, 4)),
            (rng.uniform(0.5, 2.0, 1), rng.uniform(0.5, 2.0, 1))]


def f(x, y):
    a = x ** y / (x + 2.0 * y)
    b = 2.0 ** x - np.log(y) * x ** 3
    return np.sum(a * b - np.sqrt(x) / y)
