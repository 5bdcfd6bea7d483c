# expect: gradient
"""`break` after the body, and in its middle."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(91)
    return [(rng.uniform(0.5, 1.5, 6), 4.0),
            (rng.uniform(0.5, 1.5, 6), 400.0),
            (rng.uniform(0.5, 1.5, 6), 1.2)]


def f(x, limit):
    s = 1.0
    p = 1.0
    for v in x:
        s = s * v + v
        if s > limit:
            p = p * s
            break
        p = p * v + s
        if p > 2.0 * limit:
            break
    return s * p
