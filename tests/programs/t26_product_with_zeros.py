# expect: gradient
"""Products of which one factor or two are zero."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([[0.4, 0.9, 0.3], [0.0, 1.2, 0.7], [0.0, 0.0, 0.5]]),)]


def f(x):
    return np.sum(np.prod(x, axis=1) * np.sin(1.0 + x[:, 0])) + np.prod(x[2:] * 2.0)
