# expect: gradient
"""A3: a reshape to rank 0 is a view of the element."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(27)
    return [(rng.normal(size=4),)]


def f(x):
    s = x[0]
    t = x[0:1].reshape(())
    s *= 2
    t *= 3
    return s + np.sum(x * x)
