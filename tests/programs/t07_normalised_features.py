# expect: gradient
"""Features normalised by their mean and spread, and their covariance."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(2342)
    return [(rng.normal(size=(6, 3)), rng.normal(size=3))]


def f(x, w):
    z = (x - np.mean(x, axis=0)) / np.std(x, axis=0, ddof=1)
    covariance = z.T @ z / (len(x) - 1)
    return np.trace(covariance @ np.diag(w)) + w @ covariance @ w
