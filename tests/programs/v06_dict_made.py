# expect: gradient
"""A dict made in the function, passed on and looped over."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 0.7)]


def energy(state):
    return np.sum(state["speed"] ** 2) + np.sum(state["place"] * state["speed"])


def f(x, a):
    state = {"place": x, "speed": a * np.sin(x)}
    s = energy(state)
    for key, v in state.items():
        s = s + np.sum(v * v * a)
    return s
