# expect: gradient
"""`v[0] -= r(v)` reads the element before the call writes it; `v[1:] += r(v)` reads the part after it."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(278)
    return [(rng.normal(size=5), rng.normal(size=5))]


def r(x, y):
    y[::-1] *= y * x
    return y[1] * 0.5


def f(u, v):
    v[0] -= r(u, v)
    v[1:] *= r(u, v)
    return np.sum(v * v)
