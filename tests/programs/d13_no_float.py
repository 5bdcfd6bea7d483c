# expect: gradient
"""A recursion over whole numbers alone: it is called as it is."""
ARGNUMS = 0


def inputs():
    return [(0.4, 5), (0.4, 1)]


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def f(x, n):
    return x ** 2 * fibonacci(n)
