# expect: gradient
"""A loop over a list of tuples that adds to an array that is written."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(2)
    return [(rng.normal(size=3), [(rng.normal(size=(3, 3)), rng.normal(size=3)), (rng.normal(size=(3, 3)), rng.normal(size=3))]),
            (rng.normal(size=3), [(rng.normal(size=(3, 3)), rng.normal(size=3))])]


def f(u, P):
    w = u * 0.5
    for W, b in P:
        u -= np.tanh(np.sin(np.tanh(w @ W)))
    return np.sum(u * w * u)
