# expect: gradient
"""Newton's method to a tolerance."""
ARGNUMS = 0


def inputs():
    return [(2.0, 1.0),
            (7.0, 3.0)]


def f(a, x):
    while abs(x * x - a) > 1e-12:
        x = x - (x * x - a) / (2.0 * x)
    return x * x * x
