# expect: gradient
"""A dict, and a tuple and dict in one, hold an array that is written after: they show it as it is then."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(0.7, np.array([0.3, 0.5, -0.7, 1.1])), (-0.4, np.array([0.3, 0.5]))]


def f(a, u):
    entries = {"s": a, "v": u}
    nested = {"pair": (u, a), "inner": {"x": u}}
    u[::1] = a * u
    u[0] += nested["inner"]["x"][-1]
    return np.sum(entries["v"] ** 2) * entries["s"] + np.sum(nested["pair"][0] ** 3)
