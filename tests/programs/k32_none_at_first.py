# expect: gradient
"""A branch that no trip takes while a name is None: what it changes shows in a later reading of the loop."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, 0.9, 0.4, 0.7]),), (np.array([0.3]),), (np.array([-0.5, -0.2]),)]


def rises(x):
    previous, total, count = None, 0.0, 0
    for v in x:
        if previous is not None and v > previous:
            total += v * previous
            count += 1
        previous = v
    return total * count


def delayed(x):
    a = b = None
    total = x[0]
    for v in x:
        if b is not None:
            total = total * b + v
        if a is not None:
            b = a
        a = v * v
    return total


def highest(x):
    above, top = False, None
    for v in x:
        if v > 0:
            above = True
        if above and (top is None or v > top):
            top = v
    return top if top is not None else x[0]


def f(x):
    return rises(x) + delayed(x) + highest(x) ** 2
