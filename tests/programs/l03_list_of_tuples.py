# expect: gradient
"""A network: a loop over a list of tuples."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(72)
    return [([(rng.normal(size=(3, 2)), rng.normal(size=2)), (rng.normal(size=(2, 4)), rng.normal(size=4))], rng.normal(size=(5, 3))),
            ([(rng.normal(size=(3, 2)), rng.normal(size=2))], rng.normal(size=(1, 3))),
            ([(rng.normal(size=(3, 2)), rng.normal(size=2)), (rng.normal(size=(2, 1)), rng.normal(size=1))], rng.normal(size=(5, 3)))]


def f(params, x):
    for W, b in params:
        x = np.tanh(x @ W + b)
    return np.sum(x * x)
