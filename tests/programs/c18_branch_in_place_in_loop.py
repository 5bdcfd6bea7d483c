# expect: gradient
"""Writes in arms, in a loop; what they overwrite is needed."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(70)
    return [(rng.normal(size=5), 0.7),
            (rng.normal(size=1), 0.7)]


def f(x, k):
    y = x * k
    for i in range(y.shape[0]):
        if y[i] > 0:
            y[i] = y[i] * y[i - 1]
        else:
            y[i:] = y[i:] * x[i]
        y[0] = y[0] * y[i] + k
    return np.sum(y * y)
