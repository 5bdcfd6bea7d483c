# expect: gradient
"""A reduction by halves that only reads its array."""
import numpy as np

ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.linspace(-1.0, 1.0, 7),), (np.array([0.5]),), (np.array([0.5, -2.0]),)]


def tree_sum(a):
    if len(a) == 1:
        return a[0] * a[0]
    m = len(a) // 2
    return tree_sum(a[:m]) + 0.5 * tree_sum(a[m:])


def f(a):
    return tree_sum(a) ** 2
