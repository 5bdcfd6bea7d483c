# expect: gradient
"""A range with a name, and one of two; a tuple at a computed place; `*args`; a list reversed in place; an object called."""
from dataclasses import dataclass

import numpy as np

ARGNUMS = (0, 1)


@dataclass
class Gain:
    factor: float
    limit: float

    def __call__(self, x):
        return self._scaled(x) / (self.limit + x * x)

    def _scaled(self, x):
        return self.factor * x


def inputs():
    return [(Gain(1.5, 2.0), np.array([0.4, -0.7, 1.2]), n) for n in (3, 1, 0)]


def rates(x):
    return (x, 2.0), (x * x, 3.0)


def f(gain, x, n):
    def largest(*values, scale=1.0):
        return scale * max(values)

    order = range(n)
    other = range(n - 1, -1, -1) if n > 1 else range(0, n, 2)
    weights = (x[0], 0.5, x[1] * x[2])
    total = 0.0
    path = [0]
    for k in order:
        total = total + weights[k] * x[k] + gain(x[k])
        path.append((path[-1] + 1) % 3)
    for k in other:
        total = total * 0.5 + x[k] ** 2
    path.reverse()
    gates = [x[0], x[1]]
    for _ in order:
        gates = [g + 0.1 * (a * g - b) for g, (a, b) in zip(gates, rates(total))]
    return total + x[path[0]] * len(order) + largest(x[0], x[2], scale=2.0) + gates[0] * gates[1]
