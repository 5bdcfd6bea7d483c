# expect: gradient
"""`break` before the body."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(12)
    return [(rng.uniform(0.5, 1.5, 6), 4.0),
            (rng.uniform(0.5, 1.5, 6), 400.0),
            (rng.uniform(0.5, 1.5, 6), 0.1)]


def f(x, limit):
    s = 1.0
    for i in range(6):
        if s * x[i] > limit:
            break
        s = s * x[i] + x[i] * s
    return s * s
