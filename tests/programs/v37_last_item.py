# expect: gradient
"""The last item of a list is read in the loop that appends to it: before it, in some trips, in a `while`'s test, as a tuple."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(0.3, np.array([0.4, -0.7, 0.2])), (-0.6, np.array([0.9, 0.1]))]


def f(a, u):
    path = [u]
    for k in range(3):
        step = a * np.sin(path[-1])
        if k != 1:
            path.append(path[-1] + step)
    pairs = [(a, 1.0)]
    while abs(pairs[-1][0]) < 2.0 and len(u) > 1:
        value, weight = pairs[-1]
        pairs.append((value * 1.7 + 0.3 * weight, weight * 0.9))
    totals = []
    for row in path:
        sums = [0.0]
        for v in row:
            sums.append(sums[-1] + v * v)
        totals.append(sums[-1] * len(sums))
    return np.sum(path[-1] * path[1]) + pairs[-1][0] * pairs[0][0] + sum(totals)
