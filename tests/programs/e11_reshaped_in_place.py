# expect: gradient
"""Writes through `reshape` and `ravel`, of an argument and of arrays made in a loop."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(93)
    return [(rng.normal(size=(3, 2)), rng.normal(size=5))]


def f(x, y):
    z = x.reshape(-1)
    z[1:] *= y
    x[0] *= 2.0
    w = x.ravel()[2:5]
    w += z[:3]
    s = 0.0
    for k in range(3):
        u = np.zeros((3, 2))
        u.reshape(6)[k:k + 3] = x.T[0]
        u.T.reshape(-1, order="F")[1:] += y
        v = x * np.exp(x)
        v.reshape(2, 3)[0] *= y[:3]
        s += np.sum(u ** 3 * np.array([1.0, 2.0])) + np.sum(v)
    return np.sum(x.T @ x) + z @ z + s
