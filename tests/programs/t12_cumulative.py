# expect: gradient
"""A random walk's running sum, its drawdown, and a discount."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(1397)
    return [(rng.normal(size=7), 0.9)]


def f(steps, discount):
    path = np.cumsum(steps)
    weights = discount ** np.arange(len(path))
    return np.sum(weights * path) + np.max(path) - path[np.argmin(path)]
