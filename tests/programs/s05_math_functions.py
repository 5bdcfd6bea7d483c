# expect: gradient
"""The functions of `math`."""
import math

ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.9),
            (1.4, 0.3)]


def f(x, y):
    a = math.exp(-x) * math.log(y) + math.sqrt(x * y)
    b = math.sin(a) * math.cos(y) + math.tanh(x) + math.tan(0.3 * x)
    return math.erf(b) + math.pow(y, 1.5) + math.fabs(a - b)
