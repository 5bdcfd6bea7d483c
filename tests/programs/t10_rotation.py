# expect: gradient
"""A rotation built of sines and cosines, used on points."""
import math

import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(1188)
    return [(0.4, rng.normal(size=(5, 2)))]


def f(angle, points):
    c, s = math.cos(angle), math.sin(angle)
    turn = np.array(((c, -s), (s, c)))
    moved = points @ turn.T
    return np.sum(np.arctan2(moved[:, 1], moved[:, 0]) * np.hypot(moved[:, 0], moved[:, 1]))
