# expect: refuse, no derivative rule
"""A function without a rule, of an active value."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(24)
    return [(rng.normal(size=3),)]


def f(x):
    y = x * 2.0
    return np.sum(np.sinc(y) * x)  # caret
