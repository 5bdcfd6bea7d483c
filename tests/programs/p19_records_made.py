# expect: gradient
"""Namedtuples and dataclasses that the function makes: carried by loops, in branches, replaced in part, given by a callee."""
import dataclasses
from typing import NamedTuple

import numpy as np

ARGNUMS = (0, 1)


class Pair(NamedTuple):
    a: np.ndarray
    b: float = 2.0


@dataclasses.dataclass
class State:
    x: np.ndarray
    v: np.ndarray
    mass: float = 1.5

    def energy(self):
        return 0.5 * self.mass * np.sum(self.v ** 2)


def inputs():
    u = np.array([0.3, 0.5, -0.7, 1.1])
    return [(0.7, u), (-0.3, 0.5 * u)]


def step(s, a):
    return State(s.x + a * s.v, s.v - a * s.x, s.mass * 1.1)


def f(a, u):
    s = State(u, u * a)
    if a > 0:
        s = State(u * a, s.v, mass=3.0)
    while np.sum(s.x * s.x) < 3.0 and s.mass < 6.0:
        s = step(s, a)
    pair = Pair(u * a)
    for _ in range(2):
        pair = pair._replace(a=np.tanh(pair.a * a + pair.b), b=pair.b * a)
    x, b = pair
    return s.energy() + np.sum(s.x) + np.sum(x) * b
