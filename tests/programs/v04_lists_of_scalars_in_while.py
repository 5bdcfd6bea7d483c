# expect: gradient
"""A list that a `while` loop fills."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(1.4, 0.7), (0.3, 0.5)]


def f(x, a):
    values = [a]
    while x > 0.5:
        x = x * a
        values.append(x * x)
    total = 0.0
    for v in values:
        total = total + v * a
    return total
