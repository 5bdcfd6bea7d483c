# expect: gradient
"""A recursion that gives two results."""
import numpy as np

ARGNUMS = (0, 1)
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.array([0.5, 1.5, 0.7, 0.2]), 0.3), (np.array([0.5]), 0.3)]


def moments(a, c):
    if len(a) == 1:
        return c * a[0], a * a
    m = len(a) // 2
    first, left = moments(a[:m], c)
    second, right = moments(a[m:], c)
    return first * second, np.concatenate([left, c * right])


def f(a, c):
    product, squares = moments(a, c)
    return product + np.sum(squares * np.sin(squares))
