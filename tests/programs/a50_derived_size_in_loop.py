# expect: gradient
"""A50: the size that a loop's slice has shrinks to one."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(51)
    return [(rng.normal(size=4), rng.normal(size=1)), (rng.normal(size=2), rng.normal(size=1))]


def f(x, y):
    s = 0.0
    for k in range(len(x)):
        s = s + np.sum(np.tanh(x[k:]) * y)
    return s
