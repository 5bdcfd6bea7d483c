# expect: gradient
"""What a mask or an array of indices selects is copied before the value of `op=` is found; a slice is not."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.4, -0.7, 0.2, 1.3]), np.array([1.0, 0.5])),
            (np.array([-0.1, 0.7, 2.0, 0.3, 0.9]), np.array([0.5, -0.3]))]


def scale(x):
    x[1] *= 3.0
    return x[0]


def f(u, v):
    u[u < 1.0] *= scale(u)
    for k in range(2):
        u[u < k] *= scale(u)
    u[[1, 0]] += scale(u) * v
    u[:2] *= scale(u) * v
    return np.sum(u * u)
