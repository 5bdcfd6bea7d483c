# expect: gradient
"""A loop that computes what nobody reads beside what counts."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(92)
    return [(rng.normal(size=4),),
            (np.zeros(0),)]


def f(x):
    s = 1.0
    waste = 0.0
    for v in x:
        waste = waste + np.exp(v)
        s = s * v + v
    return s
