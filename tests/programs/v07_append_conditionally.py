# expect: gradient
"""A list that grows in some trips only."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, 0.8, 0.5]),)]


def f(x):
    kept = []
    for v in x:
        if v > 0.4:
            kept.append(v * v)
    return sum(kept)
