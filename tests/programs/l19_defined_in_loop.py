# expect: gradient
"""A name set in the loop alone, read after it."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(32)
    return [(rng.normal(size=4),),
            (rng.normal(size=1),)]


def f(x):
    s = 1.0
    for i in range(x.shape[0]):
        last = x[i] * x[i]
        s = s * last + 0.3
    return s * last * x[i]
