# expect: gradient
"""A `while` in a `for`."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(18)
    return [(rng.uniform(0.5, 2.0, 3), 1.4),
            (np.zeros(0), 1.4)]


def f(x, a):
    total = 0.0
    for v in x:
        s = v
        while s < 4.0:
            s = s * a
        total = total + s * v
    return total
