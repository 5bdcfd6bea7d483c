# expect: gradient
"""Tests of shapes and ranks: what is known when compiling decides there, the rest when it runs."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(311)
    return [(rng.normal(size=3), rng.normal(size=3)), (rng.normal(size=(2, 2)), rng.normal(size=(2, 2))),
            (rng.normal(size=(3, 3)), rng.normal(size=(3, 3)))]


def total(x):
    if x.ndim == 0:
        return x * x
    if len(x.shape) == 1:
        return np.sum(x)
    return np.sum(x, axis=1)[0]


def f(x, y):
    assert x.shape == y.shape, f"{x.shape} differs from {y.shape}"
    if x.shape != (2, 2):
        x = x * 2.0
    return np.sum(x * np.sin(y)) + total(y) * total(x[0])
