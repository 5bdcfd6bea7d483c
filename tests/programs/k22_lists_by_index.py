# expect: gradient
"""Lists that a loop reads by its index, all of them in step."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(12)
    return [([rng.normal(size=(3, 3)) for _ in range(2)], [rng.normal(size=3) for _ in range(2)], rng.normal(size=3))]


def f(Ws, bs, x):
    for i in range(len(Ws)):
        x = np.tanh(x @ Ws[i] + bs[i])
    return np.sum(x * x)
