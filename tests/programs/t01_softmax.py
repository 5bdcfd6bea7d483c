# expect: gradient
"""Softmax and cross entropy, shifted by the maximum."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(1078)
    return [(rng.normal(size=(4, 3)), np.array([0, 2, 1, 1])), (rng.normal(size=(1, 3)), np.array([2]))]


def f(scores, labels):
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    logs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return -np.mean(logs[np.arange(len(labels)), labels])
