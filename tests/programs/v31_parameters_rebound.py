# expect: gradient
"""Steps of gradient descent, written as they are for lists and dicts of parameters, differentiated through."""
import numpy as np

import adjoint

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(61)
    layers = [(0.5 * rng.normal(size=(3, 3)), rng.normal(size=3)), (0.5 * rng.normal(size=(3, 3)), rng.normal(size=3))]
    params = {"W": rng.normal(size=(3, 2)), "b": rng.normal(size=2)}
    return [(0.2, params, layers, rng.normal(size=(4, 3)), rng.normal(size=(4, 2)), 2)]


def loss(p, x, y):
    h = np.tanh(x @ p["W"] + p["b"])
    return np.mean((h - y) ** 2)


def f(rate, params, layers, x, y, steps):
    for _ in range(steps):
        layers = [(W - rate * W * np.sum(b), (1.0 - rate) * b) for W, b in layers]
        slope = adjoint.grad(loss)(params, x, y)
        params = {name: value - rate * slope[name] for name, value in params.items()}
    for W, b in layers:
        x = np.tanh(x @ W + b)
    return loss(params, x, y)
