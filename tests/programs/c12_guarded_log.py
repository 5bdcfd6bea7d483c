# expect: gradient
"""A branch guards an operation that must not run elsewhere."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.5),
            (-0.7, 1.5)]


def f(x, k):
    if x > 0:
        y = np.log(x) * k
    else:
        y = k * k
    return y * y
