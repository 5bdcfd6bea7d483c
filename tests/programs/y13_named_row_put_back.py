# expect: gradient
"""A row with a name is put back, though its old contents are not needed by themselves."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(664)
    return [(-0.4, rng.normal(size=5), 0.5 * rng.normal(size=(5, 5)))]


def f(a, v, A):
    x = v
    for w in A:
        x[1] = np.sum(A @ A)
        w *= a
    return np.sum(v)
