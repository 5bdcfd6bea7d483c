# expect: gradient
"""Arms of a chain, one of which leaves its name alone."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3),
            (-0.7, 1.3),
            (-0.7, 0.2)]


def f(x, a):
    s = a
    if x > 0:
        s = s * x
    elif s > 0.3:
        s -= x * a
    return s * a
