# expect: gradient
"""A `while` with nothing to save but the number of its trips."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3),
            (30.0, 1.3)]


def f(s, a):
    while s < 10.0:
        s += a
    return s * a
