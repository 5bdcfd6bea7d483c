# expect: gradient
"""Diffusion on a ring, by rolls, in a loop."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(1156)
    return [(rng.normal(size=8), 0.2), (rng.normal(size=3), 0.1)]


def f(u, k):
    for _ in range(4):
        u = u + k * (np.roll(u, 1) - 2.0 * u + np.roll(u, -1))
        u = np.clip(u, -2.0, 2.0)
    return np.sum(u ** 2 * np.arange(u.size))
