# expect: gradient
"""A transform in place by views: odd and even elements."""
import numpy as np

ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.linspace(0.3, 1.7, 8),), (np.array([0.3, 0.7]),), (np.array([0.3]),)]


def transform(a):
    n = len(a)
    if n == 1:
        return None
    transform(a[::2])
    transform(a[1::2])
    a[n // 2:] = a[n // 2:] * a[:n // 2]
    a[0] = a[0] + a[-1]
    return None


def f(a):
    b = a * a
    transform(b)
    return np.sum(b * np.arange(1.0, len(b) + 1.0))
