# expect: gradient
"""A tuple that a loop rebinds."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 3)]


def step(state, dt):
    position, speed = state
    return position + dt * speed, speed - dt * np.sin(position)


def f(x, n):
    state = (x, x * x)
    for _ in range(n):
        state = step(state, 0.1)
    return np.sum(state[0] * state[1])
