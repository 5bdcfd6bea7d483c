# expect: gradient
"""A complex argument of a real function; the pairing conjugates nothing."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(74)
    return [(rng.normal(size=3) + 1j * rng.normal(size=3), rng.normal(size=3))]


def f(z, x):
    w = np.sin(z) * x + z * z
    return np.sum((w * w).real)
