# expect: gradient
"""Arrays made like an argument are written through `ravel`, after they changed places."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(98)
    return [(rng.normal(size=(3, 2)), rng.normal(size=6), 2)]


def f(x, y, n):
    u = np.zeros_like(x)
    u.ravel()[:] = y
    u.reshape(6)[::2] += x.T[0]
    v = x * 1.0
    w = x * 2.0
    for k in range(n):
        v[k] *= w[k]
        v, w = w, v
    s = v.reshape(-1) @ y + np.sum(w.ravel() ** 2)
    return s + np.sum(u * x) + np.sum(u ** 3)
