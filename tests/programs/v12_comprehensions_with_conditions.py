# expect: gradient
"""Comprehensions with conditions and over several loops; what they make is read, joined and looped over."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(101)
    return [(rng.normal(size=5), rng.normal(size=(3, 2))), (np.array([0.1, 0.2]), rng.normal(size=(1, 2))),
            (-np.ones(3), rng.normal(size=(2, 2)))]


def f(x, A):
    squares = [v * v for v in x if v > 0.0]
    products = [v * w for v in x for w in A[0] if v < w if w > -5.0]
    rows = [row * k for k, row in enumerate(A) if row[0] < 2.0]
    s = 0.0
    for p in squares:
        s = s + p * np.sin(p)
    for k in range(len(rows)):
        s += np.sum(rows[k] ** 2)
    pairs = [u * u * v for u in A for v in x]
    return s + sum(products) + len(squares) * sum([t for t in squares if t > 0.02]) + np.sum(np.stack(pairs))
