# expect: gradient
"""Transposes around products."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(52)
    return [(rng.normal(size=(3, 2)), rng.normal(size=(3, 4)))]


def f(A, B):
    G = A.T @ B
    H = np.transpose(G) @ A.T
    return np.sum(H * H) + np.sum(G.T * (B.T @ A))
