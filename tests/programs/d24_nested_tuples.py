# expect: gradient
"""Recursion over nested tuples: a pair for each kind of argument, of which the last saves nothing."""
import numpy as np

ARGNUMS = (0, 1)
LATER_TWICE = ("vjp",)


def inputs():
    rng = np.random.default_rng(241)
    return [(((0.3, 0.4), 0.5), 0.7), ((0.3, 0.4), 0.7),
            ((rng.normal(size=2), (rng.normal(size=2), rng.normal(size=2))), 0.7)]


def folded(tree, w):
    if isinstance(tree, tuple):
        left, right = tree
        return w * folded(left, w) + np.sin(folded(right, w))
    return tree


def f(tree, w):
    return np.sum(folded(tree, w) ** 2)
