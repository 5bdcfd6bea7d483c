# expect: gradient
"""Shapes asked for, changed and given back."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(1475)
    return [(rng.normal(size=(4, 6)),)]


def f(x):
    n, m = x.shape
    half = x.reshape(n, m // 2, 2)
    pairs = half.transpose(2, 0, 1).reshape(2, -1)
    flat = pairs.ravel()
    back = np.squeeze(flat.reshape(n, 1, m), axis=1)
    return np.sum(back * x) + np.sum(np.flip(back, axis=1) * np.swapaxes(x.T, 0, 1))
