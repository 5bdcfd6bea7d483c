# expect: gradient
"""What an arm needs is computed before the arm puts back the array that it came from."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(520)
    return [(rng.normal(size=4), rng.normal(size=4), 2), (rng.normal(size=3), rng.normal(size=3), 0)]


def f(u, v, n):
    for i in range(n):
        for j in range(n):
            v = u * v
            if i > 0:
                u *= v
    return np.sum(v)
