"""Logistic regression: the mean log-loss of a weight vector and a bias."""
import numpy as np

EXAMPLE = ("log_loss", (0, 1))


def log_loss(w, b, X, y):
    p = 1.0 / (1.0 + np.exp(-(X @ w + b)))
    return -np.mean(y * np.log(p) + (1.0 - y) * np.log(1.0 - p))


def example_args():
    rng = np.random.default_rng(2)
    return rng.standard_normal(3), 0.3, rng.standard_normal((8, 3)), rng.integers(0, 2, 8).astype(float)
