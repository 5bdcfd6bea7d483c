# expect: gradient
"""Two arrays that a loop adds to and multiplies."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(66)
    return [(rng.normal(size=3), rng.normal(size=(2, 3)), rng.normal(size=3))]


def f(v, A, w):
    for _ in range(1, 4):
        A[0] *= v
        w += v
    return np.sum(w * w) + np.sum(A * A)
