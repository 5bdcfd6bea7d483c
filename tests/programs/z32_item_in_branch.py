# expect: gradient
"""Items of a list by index in an arm of a branch, in a loop that is left."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(30)
    return [(0.3, rng.normal(size=3), [(rng.normal(size=(3, 3)), rng.normal(size=3)), (rng.normal(size=(3, 3)), rng.normal(size=3))]),
            (1.3, rng.normal(size=3), [(rng.normal(size=(3, 3)), rng.normal(size=3)), (rng.normal(size=(3, 3)), rng.normal(size=3))])]


def f(b, u, P):
    w = u * 0.5
    for i in range(3):
        w -= b * u
        w[i] *= b
    for i in range(1, 4):
        if w[2] < 0.1:
            break
        else:
            b += np.sum(np.tanh(u @ P[0][0]) + P[-1][1]) * 0.3
    return np.sum(u * w) * b
