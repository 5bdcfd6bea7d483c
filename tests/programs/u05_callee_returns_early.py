# expect: gradient
"""A callee that returns from its branches."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(20)
    return [(rng.normal(size=4),),
            (np.array([-0.5]),)]


def leaky(v):
    if v > 0:
        return v * v
    return 0.1 * v


def f(x):
    s = 1.0
    for v in x:
        s = s * 0.5 + leaky(v) * s
    return s * leaky(s)
