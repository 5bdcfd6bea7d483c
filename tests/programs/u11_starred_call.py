# expect: gradient
"""Starred arguments of calls: of tuples, and of what `*args` and `**kwargs` took."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 0.3)]


def g(x, y, *rest, k=2.0, **options):
    return h(x, *rest, **options) * y * k


def h(x, z, scale=1.0):
    return x * x * z * scale


def f(x, y):
    pair = (x, y)
    return g(*pair, x * y, k=3.0, scale=2.0) + g(x, *pair)
