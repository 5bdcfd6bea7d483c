# expect: gradient
"""A list whose items a loop replaces; a list inside a tuple; a callee that appends."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 3)]


def note(log, value):
    log.append(value)
    return value * 2.0


def f(x, n):
    state = [x, x * x]
    log = []
    for _ in range(n):
        state[0] = state[0] * 0.5 + state[1]
        state[1] = np.sin(state[0])
        note(log, np.sum(state[1]))
    return np.sum(state[0] * state[1]) + sum(log)
