# expect: gradient
"""A `while` with a counter, whose value feeds nothing but itself."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 0.3),
            (0.7, 3.0)]


def f(a, c):
    q = 0
    while q < 3 and c * 0.9 < 1.0:
        q += 1
        c *= a
    return c * a + c
