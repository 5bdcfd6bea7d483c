# expect: gradient
"""In an arm, a loop rebinds a name whose array was read before it."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(80)
    return [(1.1, rng.normal(size=5), rng.normal(size=5), 0), (1.1, rng.normal(size=5), rng.normal(size=5), 2)]


def f(a, u, v, n):
    if a > 0.5:
        a = v[2] * a
        for _ in range(n):
            v = u + v
            v[1:3] *= v[0]
        a = a * v[1]
    return a * a
