# expect: gradient
"""A `try` whose body calls a function with a variable `w`, as the handler reads one, and binds what the handler reads."""
import math

ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 0.4), (-0.7, 0.4), (-0.7, -0.4)]


def part(z):
    w = math.log(z)
    v = w * w
    return v + w


def f(x, a):
    y = x
    w = a * a
    try:
        y = part(y * a) * y
    except ValueError:
        y = y * y + a
        y = y * a + w
    finally:
        z = y * 2.0
    return z * y
