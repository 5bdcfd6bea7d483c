# expect: gradient
"""Loops that run backwards: `reversed` of a range, an array, a list; inside `enumerate`."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(8)
    scale = 0.3
    return [(scale * rng.normal(size=4), [scale * rng.normal(size=(2, 2)) for _ in range(3)])]


def f(x, Ws):
    s = 1.0
    for i in reversed(range(1, len(x))):
        s = s * x[i] + x[i - 1]
    for v in reversed(x):
        s = s + v * v * s
    h = x[:2] * s
    for W in reversed(Ws):
        h = np.sin(h @ W)
    for k, v in enumerate(reversed(x)):
        s = s + k * v * x[0]
    return s + np.sum(h)
