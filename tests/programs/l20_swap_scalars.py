# expect: gradient
"""`a, b = b, a + b`."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3, 5),
            (0.7, 1.3, 0),
            (0.7, 1.3, 1)]


def f(a, b, n):
    for _ in range(n):
        a, b = b, a + b * b * 0.1
    return a * b
