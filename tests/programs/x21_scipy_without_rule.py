# expect: refuse, no derivative rule
"""A library function without a rule."""
import scipy.special

ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):
    return scipy.special.dawsn(x)  # caret
