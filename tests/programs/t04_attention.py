# expect: gradient
"""Attention with several heads: reshape, swapaxes, batched products."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(1293)
    return [(rng.normal(size=(3, 4)), rng.normal(size=(4, 12)), rng.normal(size=(4, 4)))]


def f(x, w, out):
    n, d = x.shape
    heads = 2
    qkv = (x @ w).reshape(n, 3, heads, d // heads)
    q, k, v = (np.swapaxes(qkv[:, 0], 0, 1), np.swapaxes(qkv[:, 1], 0, 1), np.swapaxes(qkv[:, 2], 0, 1))
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(d // heads)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    mixed = np.swapaxes(weights @ v, 0, 1).reshape(n, d)
    return np.sum(np.tanh(mixed @ out))
