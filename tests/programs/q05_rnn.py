# expect: gradient
"""A recurrent network over the rows of a sequence."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(61)
    return [(rng.normal(size=(4, 2)), rng.normal(size=(3, 3)) * 0.5, rng.normal(size=(2, 3)), rng.normal(size=3)),
            (rng.normal(size=(0, 2)), rng.normal(size=(3, 3)) * 0.5, rng.normal(size=(2, 3)), rng.normal(size=3))]


def f(xs, W, U, b):
    h = np.zeros(3)
    loss = 0.0
    for x in xs:
        h = np.tanh(h @ W + x @ U + b)
        loss += np.sum(h * h)
    return loss + np.sum(h)
