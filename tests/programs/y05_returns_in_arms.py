# expect: gradient
"""What comes after a `return` in an arm writes on two paths, and is read where each of them is reversed."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(319)
    return [(a, rng.normal(size=5)) for a in (0.7, -0.5, -2.0)]


def f(a, u):
    if a > 0:
        pass
    elif a < -1:
        return a * 0.5
    u += u * a
    return np.sum(u * u)
