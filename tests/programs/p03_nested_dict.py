# expect: gradient
"""Nested dicts, tuples and lists; leaves that hold no float."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(9)
    return [({'in': {'W': rng.normal(size=(2, 3)), 'n': 3}, 'out': [(rng.normal(size=3), 0.5)], 'name': 'net'}, rng.normal(size=2))]


def f(p, x):
    h = x @ p['in']['W'] * p['in']['n']
    v, s = p['out'][0]
    return np.sum(np.sin(h) * v) * s
