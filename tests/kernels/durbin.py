"""Durbin's recursion for the Yule-Walker equations."""
import numpy as np

ARGNUMS = 0


def example_args():
    rng = np.random.default_rng(7)
    return (0.2 * rng.normal(size=6),)


def kernel(r):
    y = np.empty_like(r)
    alpha = -r[0]
    beta = 1.0
    y[0] = -r[0]
    for k in range(1, r.shape[0]):
        beta *= 1.0 - alpha * alpha
        alpha = -(r[k] + np.dot(r[:k][::-1], y[:k])) / beta
        y[:k] += alpha * y[:k][::-1]
        y[k] = alpha
    return np.sum(y * y * y)
