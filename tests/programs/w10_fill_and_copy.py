# expect: gradient
"""`copy` and `np.copy` before writes."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(25)
    return [(rng.normal(size=4), 0.7)]


def f(x, s):
    y = x.copy()
    z = np.copy(y)
    y[1:] *= s
    z[0] = y[1] * s
    y.fill(s * s)
    return np.sum(y * z * x)
