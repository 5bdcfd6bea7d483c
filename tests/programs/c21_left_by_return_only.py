# expect: gradient
"""Loops without an end that only `return` leaves: from one place, from two, from a loop in a loop."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    return [(np.array([0.4, 1.7, 2.6]), n) for n in (2, 1)]


def first(x, limit):
    i = 0
    while True:
        if x[i] > limit:
            return x[i] ** 3 * i
        i += 1


def either(x, n):
    total = 0.0
    while 1:
        for i in range(n):
            total = total + np.sin(x[i])
            if total > 2.0:
                return total * x[0]
        if total > 1.0:
            return x[2] ** 2 * total
        x = x * 1.1


def within(x, n):
    for k in range(n):
        y = x[k]
        while True:
            y = y * 1.5
            if y > 3.0:
                break
            if y > 2.0:
                return y * x[1]
        x = x + y
    return np.sum(x)


def f(x, n):
    return first(x, 1.0) + either(x, n) * within(x, n)
