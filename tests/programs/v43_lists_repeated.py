# expect: gradient
"""`[x] * n`: a list of any length of one item, which may be an array."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(43)
    return [(rng.normal(size=(n, 2)), 0.7, k) for n, k in ((3, 2), (1, 1), (4, 3), (2, 0))]


def f(x, s, k):
    first, last = x[:1], x[-1:]
    padded = np.concatenate([first] * k + [x] + [last] * (k + 1), axis=0)
    weights = [s * s] * len(padded)
    total = 0.0
    for w, row in zip(weights, padded):
        total = total + w * np.sum(row * row)
    return total + np.sum(np.stack(2 * [x[0]]) * s) + np.sum(np.array([s] * len(x)) * x[:, 0])
