# expect: gradient
"""A number that depends on what is differentiated in some calls only."""
ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(0.4, 2.0, 3), (0.4, 2.0, 0), (-0.4, 0.5, 5)]


def g(x, scale, n):
    if n == 0:
        return x * scale
    if n % 2 == 0:
        scale = scale * x
    return g(x * 0.9, scale, n - 1) + scale


def f(x, scale, n):
    return g(x, scale, n)
