# expect: gradient
"""A function over a grid of points."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(734)
    return [(-1.0, 2.0)]


def f(low, high):
    x = np.linspace(low, high, 9)
    h = (high - low) / 8
    y = np.exp(-x * x)
    return h * (np.sum(y) - 0.5 * (y[0] + y[-1]))
