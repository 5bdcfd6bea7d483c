# expect: gradient
"""A2: the accumulator is an int that becomes a float."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(5)
    return [(rng.normal(size=5),),
            (np.zeros(0),)]


def f(x):
    acc = 0
    for v in x:
        acc += v * v
    return acc * 1.5
