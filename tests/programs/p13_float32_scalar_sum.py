# expect: gradient
"""A float beside float32: a Python float's gradient is a float."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(66)
    return [(rng.normal(size=3).astype(np.float32), 0.7)]


def f(x, k):
    return np.sum(x * x) * k
