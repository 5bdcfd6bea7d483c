# expect: gradient
"""A `return` inside a loop."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(86)
    return [(rng.normal(size=3),)]


def f(x):
    s = 1.0
    for v in x:
        s = s * v
        if s > 0.5:
            return s
    return s * s
