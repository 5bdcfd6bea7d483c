# expect: gradient
"""Complex numbers: conjugates, parts and magnitudes."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(1070)
    return [(rng.normal(size=3) + 1j * rng.normal(size=3),)]


def f(z):
    w = z * z.conj() + np.exp(1j * z)
    return np.sum(np.abs(w) + w.real * w.imag) + np.var(z)
