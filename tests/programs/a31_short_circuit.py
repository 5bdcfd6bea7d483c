# expect: gradient
"""A31: what the user guards is not evaluated unguarded, in neither sweep."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([2.0, 0.5, 0.25, 1.5]), 1.5), (np.array([2.0, 1.5]), 2.0)]


def f(x, c):
    i = 0
    s = 0.0
    while i < len(x) and 1.0 / x[i] < c * c:
        s += x[i] * x[i] * c if x[i] > 1.0 and c / x[i] < 9.0 else np.log(x[i])
        i += 1
    return s
