# expect: gradient
"""A `while` whose variable is in its test and is squared."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 0.2),
            (0.7, 1.9)]


def f(b, a):
    q = 0
    while q < 3 and a * 0.9 < 1.0:
        q += 1
        a *= a + b
    return a * b
