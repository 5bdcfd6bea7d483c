# expect: gradient
"""`in` and `not in`."""
ARGNUMS = 0


def inputs():
    return [(0.7, 4), (1.3, 2)]


def f(x, n):
    s = x
    for k in range(n):
        if k in (0, 2):
            s = s * x
        elif k not in [1, 5]:
            s = s + x * x
    return s
