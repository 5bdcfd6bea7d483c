# expect: gradient
"""Arrays that are taken apart into names, elements and rows, read and written."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(243)
    return [(rng.normal(size=3), rng.normal(size=(2, 2))), (rng.normal(size=3), rng.normal(size=(2, 2)))]


def f(p, A):
    a, b, c = np.exp(p)
    first, second = A
    first *= a
    second[0] += b * first[1]
    (q, r), (s, t) = A * A
    state = np.stack([first, second])
    for _ in range(2):
        u, v = state
        state = np.array([u * v, u + c * v])
    total = q * t - r * s
    for x, y in A:
        total += x * y
    return total + np.sum(state)
