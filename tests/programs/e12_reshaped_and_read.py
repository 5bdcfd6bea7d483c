# expect: gradient
"""`reshape` of an array that is written, of which it is not known how it lies: it is read before the next write."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(94)
    return [(rng.normal(size=(3, 4))[:, :2], rng.normal(size=6)), (rng.normal(size=(3, 2)).T[::-1].T, rng.normal(size=6))]


def f(x, y):
    s = 0.0
    for k in range(3):
        z = x.reshape(-1)
        s += z @ y + z[k]
        x[k] *= x.ravel()[1:3] + s
    return s * np.sum(x)
