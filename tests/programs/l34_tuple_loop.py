# expect: gradient
"""A loop over a tuple."""
ARGNUMS = 0


def inputs():
    return [((0.7, 0.3),)]


def f(xs):
    s = 1.0
    for x in xs:
        s = s * x + x
    return s
