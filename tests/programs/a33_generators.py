# expect: gradient
"""A33: generators that are used up where they stand; names they capture are read then."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 0.7)]


def f(x, a):
    s = sum(v * a for v in x)
    x = x * x
    big = max(v * s for v in x)
    both = list(v + a for v in x)
    pair = tuple(np.sin(v) for v in x)
    return s * big + both[-1] * pair[0] + min(v * v for v in both)
