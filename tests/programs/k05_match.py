# expect: gradient
"""`match` on an int, with alternatives, guards and captures."""
ARGNUMS = 0


def inputs():
    return [(0.7, 0), (0.7, 1), (0.7, 2), (-0.7, 2), (0.7, 5)]


def f(x, m):
    s = 0.0
    for k in range(3):
        match m + k:
            case 0 | 1:
                s = s + x
            case 2 if x > 0:
                s = s * x + x * x
            case n:
                s = s + n * x * x * x
    return s * s
