# expect: refuse, alias
"""A loop runs over an array that changes places with another in it, and is written."""
import numpy as np
ARGNUMS = (0, 1)

def inputs():
    rng = np.random.default_rng(428)
    return [(rng.normal(size=4), rng.normal(size=4))]

def f(u, v):
    for c in u:  # caret
        u[1] = c
        v, u = (u, v)
    return np.sum(u)
