# expect: gradient
"""A list that a function fills, called in a loop's test, behind the loop, and once more."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    return [(np.array([0.4, -0.7, 1.2]),), (np.zeros(3),)]


def squares(x):
    sums = []
    for _ in range(3):
        sums.append(np.sum(x))
    return np.sum(np.array(sums) ** 2)


def f(u):
    while squares(u) > 2.0:
        u *= 0.5
    for c in u:
        pass
    c += squares(u)
    return c + squares(u)
