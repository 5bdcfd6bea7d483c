# expect: gradient
"""What the head of the last trip computed is read after the loop."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3), (2.5, 1.1)]


def f(x, a):
    for k in range(6):
        y = x * x * a
        if y > 2.0:
            break
        x = x + 0.3 * y
    return y * y + x
