# expect: gradient
"""A cell with gates that are split; the state starts with a size of its own."""
import numpy as np

ARGNUMS = (0, 2)


def inputs():
    rng = np.random.default_rng(42)
    params = {"W": 0.5 * rng.normal(size=(12, 5)), "b": 0.1 * rng.normal(size=12)}
    return [(params, rng.normal(size=(4, 2)), rng.normal(size=3), rng.normal(size=3))]


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def f(params, xs, h, c):
    loss = 0.0
    for x in xs:
        gates = params["W"] @ np.concatenate([x, h]) + params["b"]
        i, f, o, g = np.split(gates, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        loss += np.sum(h ** 2)
    return loss
