# expect: gradient
"""A `while` with `else`, a `return` inside it, and code after it."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3), (5.0, 1.1), (1.4, 2.0)]


def f(x, a):
    k = 0
    while k < 4:
        x = x * a
        if x > 6.0:
            return x * x
        if x > 3.0:
            break
        k += 1
    else:
        x = x + a
    return x * a
