# expect: gradient
"""What a second derivative saves of a view, `np.diagonal`, of an array that is written is a copy of it."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    rng = np.random.default_rng(7)
    return [(rng.normal(size=(n, n)),) for n in (3, 1, 0)]


def f(A):
    total = 0.5
    for k in range(2):
        d = np.diagonal(A) * np.sum(np.diagonal(A))
        A[:1] = d * A[:1] * total
        total = total + np.sum(A * A)
    return total
