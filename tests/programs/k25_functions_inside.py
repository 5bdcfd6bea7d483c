# expect: gradient
"""Functions inside the function: they read what they capture when they are called, and write to captured arrays."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 0.7)]


def twice(g, t):
    return g(g(t))


def f(x, a):
    scale = a

    def shifted(t, by=a * 2.0, *, power=2):
        s = np.sum(t) ** power
        return t * scale + by * s

    y = x * 1.0

    def push(k):
        y[k] *= scale * y[k - 1]

    square = lambda t: t * t * scale  # noqa: E731
    total = np.sum(shifted(x))
    scale = a * a
    for k in range(1, 3):
        push(k)
        total = total + np.sum(shifted(y, power=1)) * square(y[k])
    return total + np.sum(twice(square, y)) + twice(lambda t: t * a, total)
