# expect: gradient
"""A trip is left where tests that are known say so, inside one that is not."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.4, -0.7, 1.2]), np.array([1.0, 0.5, -2.0]), n) for n in (2, 0)]


def f(u, v, n):
    s = 0.0
    for k in range(len(u)):
        if k * n > 1:
            if 1.2:
                break
        if v[1] <= 0.3:
            break
        s = s + u[k] * v[k]
        u = u * 0.7
    for _ in range(len(u)):
        if 0.5 ** 2:
            if True:
                break
        if v[1] <= 0.3:
            break
        u = v * 0.7
    return s + np.mean(u * u)
