# expect: gradient
"""A loop of the callee's has the name of the caller's index, which a place is read and written with."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(454)
    return [(-0.41, rng.normal(size=5)), (0.3, rng.normal(size=4))]


def g(s, t):
    for _ in range(2):
        for i in range(3):
            s, t = (t, s)
    return s * s * t


def f(a, v):
    z = v
    t = a
    for i in range(1, len(v)):
        z[1 - i] = g(t, a * v[i])
        t = z[-i] + a
    return np.sum(v * v)
