# expect: gradient
"""Assignments inside expressions."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3), (1.9, 0.8)]


def f(x, a):
    if (y := x * a) > 1.0:
        y = y * x
    while (r := y * y - 0.2) > 0.5:
        y = y * 0.8 - r * 0.01
    return y * (z := x + y) * z
