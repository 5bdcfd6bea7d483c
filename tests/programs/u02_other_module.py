# expect: gradient
"""Functions of another module, with a constant of its own."""
import numpy as np

from . import helpers_module
from .helpers_module import energy

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(45)
    return [(rng.normal(size=3), 0.7)]


def f(x, k):
    y = helpers_module.softened(x, k)
    return energy(y, k) * helpers_module.energy(x, 2.0)
