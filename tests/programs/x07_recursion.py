# expect: gradient
"""A recursive function whose last act is the call of itself."""
ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(0.7, 3), (0.7, 0)]


def g(x, n):
    if n == 0:
        return x
    return g(x * x, n - 1)


def f(x, n):
    return g(x, n)
