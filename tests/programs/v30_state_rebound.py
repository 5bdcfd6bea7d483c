# expect: gradient
"""A dict, a list and a tuple that a loop or a branch binds anew as a whole."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [({"beta": 0.5, "gamma": 0.2}, np.array([0.9, 0.1, 0.0]), 4), ({"beta": 0.5, "gamma": 0.2}, np.ones(3), 0)]


def f(p, y, steps):
    state = {"s": y[0], "i": y[1], "r": y[2]}
    pair = [y[0] * y[1], 1.0]
    for k in range(steps):
        new = p["beta"] * state["s"] * state["i"]
        rec = p["gamma"] * state["i"]
        state = {"s": state["s"] - new, "i": state["i"] + new - rec, "r": state["r"] + rec}
        if k % 2:
            pair = [pair[1] + new, pair[0] * rec]
    if steps > 2:
        state = {"s": state["i"], "i": state["s"] ** 2, "r": 2.0 * state["r"]}
    a, b = pair
    return state["r"] + 0.5 * state["i"] + a * b
