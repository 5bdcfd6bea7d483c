# expect: gradient
"""A recursion that writes to its array between its calls; the differentiated function itself."""
import numpy as np

ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.array([0.5, -1.5, 0.7, 1.1, -0.9, 1.3, 0.4, -2.0]), 0, 7), (np.array([0.5, -1.5, 0.3]), 0, 2),
            (np.array([0.5, -1.5]), 0, 1)]


def f(a, lo, hi):
    if hi - lo == 1:
        return a[lo] * a[lo + 1]
    mid = (lo + hi) // 2
    left = f(a, lo, mid)
    a[mid] *= left
    right = f(a, mid, hi)
    return left * right
