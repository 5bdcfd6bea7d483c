# expect: gradient
"""A complex number inside a real function."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(36)
    return [(rng.normal(size=3), rng.normal(size=3))]


def f(x, y):
    z = x * 1j + y
    w = z * z * x
    return np.sum(w.real * w.real)
