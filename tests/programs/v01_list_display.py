# expect: gradient
"""Lists written out: items, slices, aliases, methods, unpacking."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 0.7)]


def f(x, a):
    items = [x * a, np.sin(x), a * a]
    again = items
    again.append(x[0] * a)
    items[1] = items[1] * a
    first, *rest = items
    pair = items[1:3]
    last = again.pop()
    pair.reverse()
    items.insert(0, last)
    return np.sum(first * rest[0]) * last + pair[0] * np.sum(pair[1]) * len(items) + items[0]
