# expect: gradient
"""Items of a list by index, in one arm of a branch."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(24)
    return [(0.3, 0.4, rng.normal(size=3), [(rng.normal(size=(3, 3)), rng.normal(size=3)), (rng.normal(size=(3, 3)), rng.normal(size=3))]),
            (0.9, 0.4, rng.normal(size=3), [(rng.normal(size=(3, 3)), rng.normal(size=3)), (rng.normal(size=(3, 3)), rng.normal(size=3))])]


def f(a, b, w, P):
    if b < a:
        b = a
    else:
        b += np.sum(np.tanh(w @ P[-1][0]) + P[-1][1]) * 0.3
    return a * b * np.sum(w * w)
