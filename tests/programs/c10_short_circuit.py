# expect: gradient
"""A test whose second half may not run: it would divide by zero."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.4, 1.5, 0),
            (0.7, 1.5, 2),
            (1.7, 1.5, 9)]


def f(x, y, n):
    s = x * y + y
    if n > 0 and 1.0 / n > 0.3:
        s = s * s
    return s * y
