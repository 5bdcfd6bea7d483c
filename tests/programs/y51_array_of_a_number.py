# expect: gradient
"""An array without axes is written: the sum of adjoints of what reads it is a number, and no array."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    return [(0.7, 3), (1.2, 0)]


def f(a, n):
    b = np.array(a)
    b *= b
    c = np.array(b)
    for _ in range(n):
        c += b * c
        b *= 0.5 + c
    return b + b + c
