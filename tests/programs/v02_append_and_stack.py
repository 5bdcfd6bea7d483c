# expect: gradient
"""A list that grows by one array in each trip, stacked after the loop."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(12)
    return [(rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=(4, 3)))]


def f(W, h, xs):
    hs = []
    for x in xs:
        h = np.tanh(h @ W + x)
        hs.append(h)
    r = np.stack(hs) - xs
    return np.sum(r * r) + np.sum(hs[-1] * hs[0])
