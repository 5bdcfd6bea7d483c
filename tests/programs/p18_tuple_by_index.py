# expect: gradient
"""Tuples and lists that are read by an index that is computed: of numbers, of arrays of two dtypes."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    x = np.array([0.3, 0.4])
    return [((x + 1.0, x * 2.0), [x * 3.0, np.float32([1.0, 2.0])], x), ((x,), [np.float32([1.0, 2.0]), x], x)]


def f(t, items, x):
    s = 0.0
    for i in range(len(t)):
        s += np.sum(t[i] * x)
    for k in range(1, len(items)):
        s += np.sum(items[k] * items[k - 1])
    return s
