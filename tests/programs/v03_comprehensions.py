# expect: gradient
"""Comprehensions over a range, an array, a list of tuples; summed, stacked, looped over."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(13)
    return [(rng.normal(size=4), [(rng.normal(size=4), 0.4), (rng.normal(size=4), -0.3)])]


def f(x, params):
    squares = [v * v for v in x]
    shifted = np.array([x[i] * x[i - 1] for i in range(1, len(x))])
    parts = [np.sum(w * x) * c for w, c in params]
    s = sum(parts) + np.sum(shifted)
    for k, q in enumerate(squares):
        s = s + k * q * s
    return s * parts[1]
