# expect: gradient
"""`np.dot` of all ranks up to 2."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(6)
    return [(rng.normal(size=(2, 3)), rng.normal(size=3), rng.normal(size=(3, 4)), 0.7)]


def f(A, v, B, s):
    a = np.dot(A, B)
    b = np.dot(A, v)
    c = np.dot(v, B)
    d = np.dot(v, v)
    return np.sum(a * a) + np.sum(b * b) * d + np.sum(c * c) + np.dot(s, d) + np.sum(np.dot(A, s))
