# expect: gradient
"""An adjoint that one arm alone touches."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(38)
    return [(0.7, rng.normal(size=3), rng.normal(size=3)),
            (-0.7, rng.normal(size=3), rng.normal(size=3))]


def f(s, x, y):
    r = s * s
    if s > 0:
        r = r + np.sum(x * x * x)
    else:
        r = r + x[0] * np.sum(y * y)
    return r * r
