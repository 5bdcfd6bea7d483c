"""A multi-layer perceptron: the squared error of a list of (W, b)."""
import numpy as np

EXAMPLE = ("mlp_loss", 0)


def mlp_loss(params, x, y):
    h = x
    for W, b in params:
        h = np.tanh(h @ W + b)
    r = h - y
    return np.sum(r * r)


def example_args():
    rng = np.random.default_rng(0)
    sizes = (4, 6, 3)
    params = [(rng.standard_normal((m, n)), rng.standard_normal(n)) for m, n in zip(sizes, sizes[1:])]
    return params, rng.standard_normal((7, 4)), rng.standard_normal((7, 3))
