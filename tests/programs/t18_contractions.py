# expect: gradient
"""Products of every rank."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(1619)
    return [(rng.normal(size=(2, 3, 4)), rng.normal(size=(4, 3)), rng.normal(size=3))]


def f(a, b, c):
    one = np.tensordot(a, b, axes=((2, 1), (0, 1)))
    two = np.dot(a, b)
    three = np.inner(two, c)
    return np.sum(one ** 2) + np.sum(np.dot(c, two) * three[:, :1].T[0, 0]) + np.vdot(c, c)
