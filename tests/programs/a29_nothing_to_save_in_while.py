# expect: gradient
"""A29: a `while` of which the backward sweep needs nothing but the number of trips."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3), (20.0, 1.0)]


def f(s, a):
    while s < 10.0:
        s += a
    return s
