# expect: gradient
"""`range` with one, two and three arguments, and downward."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(16)
    return [(rng.normal(size=7), 6),
            (rng.normal(size=7), 0),
            (rng.normal(size=7), 1)]


def f(x, n):
    s = x[0]
    for i in range(n):
        s = s * x[i] + 1.0
    for i in range(1, n):
        s += x[i] * x[i - 1]
    for i in range(n - 1, -1, -2):
        s = s * 0.5 + x[i] * x[i] * s
    for i in range(0, n, 3):
        s = np.sin(s) * x[i]
    return s
