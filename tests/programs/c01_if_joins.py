# expect: gradient
"""Names set in one arm or in both."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(73)
    return [(0.7, rng.normal(size=3)),
            (-0.7, rng.normal(size=3)),
            (2.7, rng.normal(size=3))]


def f(s, x):
    y = x * s
    if s > 0:
        y = y * y
        t = s * s
    else:
        t = np.sin(s)
    if s > 1:
        y = np.exp(-y) + t
    elif s > 0:
        t = t * np.sum(x)
    return np.sum(y * y) * t
