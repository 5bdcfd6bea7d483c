# expect: gradient
"""A `while True` that a `break` ends."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3),
            (12.0, 1.3)]


def f(s, a):
    t = 1.0
    while True:
        s = s * a + 0.1
        if s > 10.0:
            break
        t = t * 0.5 + s
    return s * t
