# expect: gradient
"""Unpacking with stars and nested targets, chained assignments, swaps."""
ARGNUMS = (0, 1, 2)


def inputs():
    return [(0.7, 1.3, -0.4)]


def f(x, y, z):
    a, *rest = x, y, z, x * y
    (b, c), d = (y, x), z
    e = g = b * c
    a, b = b, a + b
    [h, *_] = rest
    for k in range(3):
        a, b, e = b, a * e, g + h
    return a * b * e + len(rest) * rest[-1] * d
