# expect: gradient
"""`enumerate` of an array, of a list of tuples, with a start."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(5)
    return [(rng.normal(size=(4, 3)), [(rng.normal(size=(3, 3)), rng.normal(size=3)) for _ in range(2)])]


def f(A, params):
    s = 0.0
    for i, row in enumerate(A):
        s = s + i * np.sum(row * row * A[0])
    h = A
    for k, (W, b) in enumerate(params, start=1):
        h = np.tanh(h @ W + k * b)
    return s + np.sum(h)
