# expect: gradient
"""A dict and a list hold parts of arrays whose names are bound anew before the parts are written and read."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(3)
    return [(0.7, rng.normal(size=(3, 3)), rng.normal(size=3)), (-0.4, rng.normal(size=(4, 4)), rng.normal(size=4))]


def f(a, A, u):
    e = {"v": A[1], "s": a}
    parts = [u[::1]]
    B = A
    A = A.T * 2.0
    e["v"][::2] = e["s"]
    w = u
    u = u * a
    parts[0][0] *= a
    return np.sum(A * A) + np.sum(B) * e["s"] + np.sum(u * w) + np.sum(parts[0] ** 2)
