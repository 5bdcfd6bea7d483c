# expect: gradient
"""A1: a name that stays an alias of the array that the loop writes."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(87)
    return [(rng.normal(size=4) * 0.5,),
            (rng.normal(size=1),)]


def f(x):
    cur = x.copy()
    for _ in range(3):
        prev = cur
        cur += x * prev
    return np.sum(prev * cur)
