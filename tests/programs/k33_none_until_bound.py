# expect: gradient
"""An operation on what is None until a trip has bound it, in branches and inner loops; a comprehension over what is known."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, -0.4, -0.3, 0.7, 0.2, -0.1]),), (np.array([-0.3, 0.4]),)]


def runs(x):
    state, start, total = 0, None, 0.0
    for v in x:
        if state == 0 and v > 0:
            state, start = 1, v
        elif state == 1 and v <= 0:
            total += start * v
            state = 0
    return total


def f(x):
    p, s = None, 0.0
    for v in x:
        for w in x:
            if v > 0.35:
                s += w * (p * w if p is not None else 1.0)
        p = v * 2.0
    state = (x[0], x[1])
    for _ in range(3):
        rates = state[1], -np.sin(state[0])
        state = tuple(a + 0.1 * b for a, b in zip(state, rates))
    a, b = state
    return s * a + runs(x) * b
