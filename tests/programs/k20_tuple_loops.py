# expect: gradient
"""Loops over tuples: of an argument, written out, of constants."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(10)
    return [((rng.normal(size=3), rng.normal(size=3)), 0.7)]


def f(pair, x):
    s = x
    for v in pair:
        s = s * np.sum(v * v)
    for a, b in ((x, 2.0), (s, 0.5)):
        s = s + a * a * b
    for c in (0.5, 0.25):
        s = s * c + x
    return s
