# expect: gradient
"""Complex numbers stored among real ones lose their imaginary parts; `+=` would refuse them."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(56)
    return [(rng.normal(size=4) + 1j * rng.normal(size=4), rng.normal(size=(4, 3)), 1j),
            (rng.normal(size=1) + 1j * rng.normal(size=1), rng.normal(size=(1, 2)), 0.5)]


def f(u, C, z):
    C[:, -1] = C[:, -1] + u
    C[0] = C[0] * u[0]
    C[:, 0] = z * C[:, 0] * u
    return np.sum(C * C)
