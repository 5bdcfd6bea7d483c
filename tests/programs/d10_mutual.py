# expect: gradient
"""Two functions that call each other, and one of them itself."""
ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(0.4, 5), (0.4, 0), (1.1, 4)]


def even(x, n):
    if n == 0:
        return x
    return x * odd(x + 0.1, n - 1)


def odd(x, n):
    if n == 0:
        return x * x
    return 0.5 * even(x, n - 1) + odd(x * x, n - 1)


def f(x, n):
    return even(x, n) + odd(x, n)
