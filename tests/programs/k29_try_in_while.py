# expect: gradient
"""A `try` that is repeated, its handler running in some trips; one of a tuple; one whose value nobody reads."""
import math

ARGNUMS = 0


def inputs():
    return [(3.0,), (0.2,), (-1.5,)]


def f(x):
    n = 0
    while n < 5:
        try:
            x = math.log(x)
        except ValueError:
            x = math.exp(x) + 1.1 + x * x
        n += 1
    try:
        y, z = math.sqrt(x), x * x
    except ValueError:
        y, z = 1.0, x
    try:
        w = 1.0 / y
    except ZeroDivisionError:
        w = 0.0
    return y * z
