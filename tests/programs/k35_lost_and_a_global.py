# expect: refuse, may not be defined here
"""A name that stands for unlike things on two paths is not looked up outside the function."""
import numpy as np

ARGNUMS = (0,)

c = (7.0, 8.0, 9.0)


def inputs():
    return [(1.5,), (-1.5,)]


def f(x):
    if x > 0:
        c = (x, 1.0)
    else:
        c = (np.sin(x), 1.0, 2.0)
    return x * c[0]  # caret
