# expect: gradient
"""`and`, `or`, `not` in tests."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.5),
            (-0.7, 1.5),
            (1.7, -1.5)]


def f(x, y):
    s = x * y
    if x > 0.0 and x < 1.0 or not y > 0:
        s = s * s
    if x > 0 and y > 0:
        s = s + x * x * y
    return s * x
