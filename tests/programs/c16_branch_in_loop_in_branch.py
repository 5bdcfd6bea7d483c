# expect: gradient
"""A branch in a loop in a branch."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(77)
    return [(rng.normal(size=4), 0.7),
            (rng.normal(size=4), -0.7)]


def f(x, k):
    s = k
    if k > 0:
        for v in x:
            if v > 0:
                s = s + v * k
            else:
                s = s * v
        s = s * s
    else:
        s = s * x[0]
    return s * x[1]
