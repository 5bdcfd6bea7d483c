# expect: gradient
"""Arrays in a straight line, each under the same name."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(71)
    return [(rng.normal(size=4),),
            (rng.normal(size=(2, 3)),)]


def f(x):
    x = x * 2
    x = np.sin(x)
    x = x * x + np.tanh(x)
    return np.sum(x * np.cos(x))
