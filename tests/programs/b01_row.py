# expect: gradient
"""(n, m) + (m,): the row's adjoint is summed over n."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(52)
    return [(rng.normal(size=(3, 4)), rng.normal(size=4)),
            (rng.normal(size=(1, 4)), rng.normal(size=4)),
            (rng.normal(size=(3, 1)), rng.normal(size=1)),
            (rng.normal(size=(3, 4)), rng.normal(size=1)),
            (rng.normal(size=(3, 1)), rng.normal(size=4)),
            (np.zeros((0, 4)), rng.normal(size=4))]


def f(A, b):
    z = A + b
    return np.sum(z * z * b)
