# expect: gradient
"""Loops over arguments whose items are of several kinds: each trip is another program."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(315)
    params = {"W": rng.normal(size=(3, 2)), "b": rng.normal(size=2), "s": 0.7, "n": 2,
              "layers": [(rng.normal(size=(2, 2)), rng.normal(size=2)), (rng.normal(size=(2, 2)), 0.3)]}
    return [(params, rng.normal(size=3))]


def penalty(layers):
    total = 0.0
    for layer in layers:
        for part in layer:
            total += np.sum(part ** 2)
    return total


def f(params, x):
    weights = {"W": params["W"], "b": params["b"], "s": params["s"]}
    moved = {name: 0.9 * value for name, value in weights.items()}
    for name in weights:
        moved[name] = moved[name] - 0.1 * weights[name] ** 2
    h = np.tanh(x @ moved["W"] + moved["b"]) * moved["s"]
    for k, (W, b) in enumerate(params["layers"]):
        h = np.sin(h @ W + b) + k
    return np.sum(h) * params["n"] + penalty(params["layers"])
