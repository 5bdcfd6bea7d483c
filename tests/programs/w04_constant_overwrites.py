# expect: gradient
"""What is overwritten by a constant has no derivative before."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(69)
    return [(rng.normal(size=5),)]


def f(x):
    y = x * x
    y[1:3] = 0.0
    z = y * x
    y[:] = 2.0
    return np.sum(z) + np.sum(y * x)
