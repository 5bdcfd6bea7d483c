# expect: gradient
"""A `while` that sets its variable to a constant."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 0.3),
            (0.7, 5.3)]


def f(a, b):
    a *= b
    q = 0
    while q < 3 and b * 0.9 < 2.0:
        q += 1
        b = 0.5
    return a * b
