# expect: gradient
"""A `while` whose trips hang on the values."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3),
            (30.0, 1.3),
            (0.01, 1.7)]


def f(s, a):
    while s < 10.0:
        s = s * a + a
    return s * s
