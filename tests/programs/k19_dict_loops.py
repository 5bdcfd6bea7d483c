# expect: gradient
"""Loops over the keys, the values and the items of a dict."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(9)
    layers = {name: {"W": rng.normal(size=(3, 3)), "b": rng.normal(size=3)} for name in ("first", "second", "last")}
    return [(layers, rng.normal(size=(2, 3)))]


def f(params, x):
    h = x
    for key in params:
        layer = params[key]
        h = np.tanh(h @ layer["W"] + layer["b"])
    s = np.sum(h)
    for layer in params.values():
        s = s + np.sum(layer["b"] * layer["b"])
    for _, layer in params.items():
        s = s * np.sum(layer["W"])
    return s
