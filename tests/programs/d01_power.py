# expect: gradient
"""A recursion over numbers, in a conditional expression."""
ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(1.3, 4), (0.7, 1), (-1.1, 0)]


def power(x, n):
    return 1.0 if n == 0 else x * power(x, n - 1)


def f(x, n):
    return power(x, n)
