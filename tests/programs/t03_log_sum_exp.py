# expect: gradient
"""Log-sum-exp over an axis, and of pairs."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(1496)
    return [(rng.normal(size=(3, 4)),), (rng.normal(size=(1, 4)),)]


def f(x):
    top = np.max(x, axis=1)
    total = top + np.log(np.sum(np.exp(x - np.expand_dims(top, 1)), axis=1))
    return np.sum(total) + np.sum(np.logaddexp(x[:, 1:], x[:, :-1]))
