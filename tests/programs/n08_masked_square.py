# expect: gradient
"""The square of what a mask leaves out: both factors' shares are masked, and so is their sum."""
import numpy as np

ARGNUMS = 0
TOLERANCE = 1e-5


def inputs():
    return [(np.array([0.0, 0.5, 1.0, -1.0]),)]


def f(x):
    keep = x > 0.1
    return np.sum(np.where(keep, np.exp(-1.0 / x) ** 2, 0.0))
