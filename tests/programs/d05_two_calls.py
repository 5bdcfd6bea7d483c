# expect: gradient
"""One recursive function called with different arguments: numbers of the text, arrays, expressions."""
import numpy as np

ARGNUMS = (0, 1)
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.array([0.5, 1.5, 0.7]), 0.8, 2), (np.array([1.5]), 0.3, 0)]


def horner(a, x, n):
    if n == 0:
        return a[0]
    return horner(a, x, n - 1) * x + a[n % len(a)]


def f(a, x, n):
    once = horner(a, x, n)
    twice = horner(2.0 * a, np.sin(x), 3)
    return once * twice + horner(a[::-1], once, 1)
