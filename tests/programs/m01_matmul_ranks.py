# expect: gradient
"""`@` of all ranks."""
import numpy as np

ARGNUMS = (0, 1, 2, 3)


def inputs():
    rng = np.random.default_rng(43)
    return [(rng.normal(size=(2, 3)), rng.normal(size=3), rng.normal(size=(3, 4)), rng.normal(size=(5, 2, 3)))]


def f(A, v, B, T):
    a = A @ B
    b = A @ v
    c = v @ B
    d = v @ v
    e = T @ B
    g = T @ v
    return np.sum(a * a) + np.sum(b * b) * d + np.sum(c) + np.sum(e * a) + np.sum(g * g)
