# expect: gradient
"""A dict argument."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(38)
    return [({'W': rng.normal(size=(2, 3)), 'b': rng.normal(size=3)}, rng.normal(size=(4, 2))),
            ({'W': rng.normal(size=(2, 1)), 'b': rng.normal(size=1)}, rng.normal(size=(1, 2)))]


def f(params, x):
    h = np.tanh(x @ params['W'] + params['b'])
    return np.sum(h * h) + np.sum(params['W'] * params['W'])
