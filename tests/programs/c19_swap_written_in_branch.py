# expect: gradient
"""Arrays that are written change places in one arm of a branch, or are made anew in it."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(98)
    return [(rng.normal(size=3), rng.normal(size=3), 0.4), (rng.normal(size=3), rng.normal(size=3), -0.4)]


def f(x, y, s):
    a = x * y
    b = x * 3.0
    a[0] *= s
    if s > 0:
        a, b = b, a
        a[1] += b[0] * s
    else:
        b[1:] *= a[:-1]
        b = np.sin(a)
    a *= y
    b[2] = a[0] * b[0]
    return np.sum(a * a * b)
