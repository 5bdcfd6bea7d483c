# expect: gradient
"""Tangents of tuples and dicts that loops take apart and make again read what the names held before."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [({"beta": 0.5, "gamma": 0.2}, np.array([0.9, 0.1, 0.3]), n) for n in (3, 0)]


def sir(p, y, steps):
    state = {"s": y[0], "i": y[1], "r": y[2]}
    for _ in range(steps):
        new = p["beta"] * state["s"] * state["i"]
        rec = p["gamma"] * state["i"]
        state = {"s": state["s"] - new, "i": state["i"] + new - rec, "r": state["r"] + rec}
    return state["r"] + 0.5 * state["i"]


def written(x, y):
    for i in range(len(y)):
        pair = (np.sum(y), 0.5)
        for _ in range(3):
            c, w = pair
            x[i] = c * w
            pair = (np.log(2.0 + c ** 2), 2.0)
    return pair[0]


def f(p, y, steps):
    total = sir(p, y, steps)
    y[0] += written(y, y)
    return total + np.mean(y)
