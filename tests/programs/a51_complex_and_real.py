# expect: gradient
"""A51: what comes back from complex values to real ones is real."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(51)
    return [(rng.normal(size=3), 0.7, rng.normal(size=3) + 1j * rng.normal(size=3))]


def f(x, k, z):
    w = x * z + k * 1j
    w = w * x
    return np.sum(np.real(w) + np.imag(w * z))
