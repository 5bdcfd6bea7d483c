# expect: refuse, not supported between instances of 'NoneType' and 'NoneType'
"""What Python would raise where it gets to it is refused."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    return [(np.array([0.4, -0.7]), 0)]


def f(u, steps):
    d = None
    while steps and d <= d:  # caret
        steps -= 1
    return u[0]
