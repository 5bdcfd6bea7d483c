# expect: gradient
"""A function made in a function, that reads a captured value."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(15)
    return [(rng.normal(size=3),)]


def scaled(factor):
    def inner(x):
        return np.sum(np.sin(x) * factor * x)
    return inner


f = scaled(1.7)
