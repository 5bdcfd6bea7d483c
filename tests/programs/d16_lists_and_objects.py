# expect: gradient
"""A recursive method of an object of the module, a list as the result, defaults, keywords, None."""
import numpy as np

ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(0.7, 3), (0.7, 0)]


class Scales:
    first = 0.3
    even = 0.5
    odd = 0.8

    def apply(self, x, n):
        if n == 0:
            return x * self.first
        return np.sin(x) + self.apply(x * (self.odd if n % 2 else self.even), n - 1)


SCALES = Scales()


def pair_of(x, n, factor=None, *, step=1):
    if n <= 0:
        return [x, x * x if factor is None else x * factor]
    a, b = pair_of(x * 0.9, n - step, x)
    return [a * b, b + x]


def f(x, n):
    a, b = pair_of(x, n)
    c, d = pair_of(a, 1, step=2)
    return a + b * SCALES.apply(x, n) + c * d
