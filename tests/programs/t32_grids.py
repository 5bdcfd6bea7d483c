# expect: gradient
"""A function on a grid, its padded border, and what stands on diagonals and where a mask is true."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(3211)
    return [(rng.normal(size=4), rng.normal(size=4), 0.3), (rng.normal(size=1), rng.normal(size=1), -0.2)]


def f(x, y, s):
    across, down = np.meshgrid(x, y)
    rows, _ = np.meshgrid(np.arange(len(x)), y, indexing="ij")
    u = np.sin(across * down) + s * rows
    if np.array_equal(x, y):
        return np.sum(u)
    u[np.diag_indices(len(x))] += np.exp(s)
    wide = np.pad(u, ((1, 1), (0, 2)), constant_values=2.0)
    border = np.pad(u[0], len(x) - 1)
    places = np.nonzero(u > 0.0)
    first = np.flatnonzero(x > -9.0)
    total = np.sum(u[places] ** 2) + np.sum(x[first] * y[first]) + border @ border
    return total + np.sum(np.atleast_2d(wide[1:] * wide[:-1]) * np.atleast_1d(s))
