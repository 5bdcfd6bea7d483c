# expect: gradient
"""A covariance from what is free in its factor, and the distances of all pairs."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(3511)
    return [(rng.normal(size=6), rng.normal(size=3)), (rng.normal(size=3), rng.normal(size=2))]


def f(theta, y):
    n = len(y)
    lower = np.zeros((n, n))
    lower[np.tril_indices(n)] = theta
    lower[np.diag_indices(n)] = np.exp(lower[np.diag_indices(n)])
    white = np.linalg.solve(lower, y)
    rows, columns = np.triu_indices(n, 1)
    return white @ white + np.sum((y[rows] - y[columns]) ** 2)
