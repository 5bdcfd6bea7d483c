# expect: gradient
"""Biases in dicts and lists, of which one is float32; the sums of a loop left by `break`; a bias that is used after it."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(1)
    layer = {"W": 0.4 * rng.normal(size=(3, 3)), "b": rng.normal(size=3)}
    return [(layer, rng.normal(size=3).astype(np.float32), rng.normal(size=(4, 3)), limit) for limit in (0.9, 0.1)]


def f(layer, s, x, limit):
    h = x
    total = 0.0
    for k in range(5):
        h = np.tanh(h @ layer["W"] + layer["b"])
        q = h * s
        total += np.sum(q * q)
        if total > limit:
            break
    h = h - layer["b"]
    return total + np.sum(h * h)
