# expect: refuse, changes places
"""An array that is written through a reshape changes places with another: its adjoint may lie in another order."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(97)
    return [(rng.normal(size=(3, 2)), 2)]


def f(x, n):
    u = x * 1.0
    v = np.zeros((2, 3)).T + x
    u.reshape(-1)[1:] *= 2.0
    for k in range(n):  # caret
        u[k] *= x[k]
        u, v = v, u
    return np.sum(u * v * v)
