# expect: gradient
"""Names that the emitted code would like to take."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(19)
    return [(rng.normal(size=3), 0.7)]


def f(x, x_bar):
    t = x * x_bar
    t2 = t * t
    x_saved = np.sin(t2)
    for k_bar in range(2):
        t = t * x_saved + k_bar
    return np.sum(t * x_saved) * x_bar
