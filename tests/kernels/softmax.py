"""Numerically stable softmax over the last axis."""
import numpy as np

ARGNUMS = 0


def example_args():
    rng = np.random.default_rng(4)
    return rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(2, 3, 4, 5))


def softmax(x):
    shifted = np.max(x, axis=-1, keepdims=True)
    out = np.exp(x - shifted)
    out /= np.sum(out, axis=-1, keepdims=True)
    return out


def kernel(x, weights):
    return np.sum(softmax(x) * weights)
