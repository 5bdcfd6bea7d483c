# expect: gradient
"""`match` on a string and a number together."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, 0.8]), "tanh", 1), (np.array([0.3, 0.8]), "sin", 2), (np.array([0.3, 0.8]), "none", 2)]


def f(x, name, order):
    match name, order:
        case "tanh", 1:
            y = np.tanh(x)
        case "sin", k:
            y = np.sin(k * x)
        case _:
            y = x
    return np.sum(y * y)
