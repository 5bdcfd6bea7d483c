# expect: refuse, alias
"""Two names that one arm makes one."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(90)
    return [(rng.normal(size=3), 0.7)]


def f(x, s):
    a = x * 2.0
    b = x * 3.0
    if s > 0:
        b = a
    a[0] = s  # caret
    b[1] = s * s
    return np.sum(a * b)
