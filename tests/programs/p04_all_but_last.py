# expect: gradient
"""`params[:-1]` in a loop and `params[-1]` after it."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(25)
    return [([(rng.normal(size=(3, 2)), rng.normal(size=2)), (rng.normal(size=(2, 2)), rng.normal(size=2)), (rng.normal(size=(2, 1)), rng.normal(size=1))], rng.normal(size=(4, 3))),
            ([(rng.normal(size=(3, 1)), rng.normal(size=1))], rng.normal(size=(4, 3)))]


def f(params, x):
    for W, b in params[:-1]:
        x = np.tanh(x @ W + b)
    W, b = params[-1]
    y = x @ W + b
    return np.sum(y * y)
