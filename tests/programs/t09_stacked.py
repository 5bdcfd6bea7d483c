# expect: gradient
"""Rows and columns stacked, with views of them."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(1051)
    return [(rng.normal(size=3), rng.normal(size=3))]


def f(a, b):
    rows = np.stack((a, b, a * b))
    columns = np.column_stack((a, b, np.ones(3)))
    both = np.vstack((rows, columns, a))
    return np.sum(np.sin(both) @ rows.T) + np.sum(np.moveaxis(both[None], 0, 2)[2] ** 2)
