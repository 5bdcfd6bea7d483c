# expect: gradient
"""Python's own functions on numbers."""
import math

import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(1076)
    return [(1.7, 0.6), (-0.4, 2.2)]


def f(a, b):
    whole, rest = divmod(a, 0.5)
    low, high = min(a, b, 1.0), max(a, b)
    total = sum((a, b, low * high))
    n = int(abs(total)) + round(2.6)
    return total * rest + pow(high, 2) * n + float(whole) * b - math.fabs(low) + math.hypot(a, b)
