# expect: gradient
"""Python's sum of slices that move with a comprehension: all are of one size, or NumPy raises."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(44)
    return [(rng.normal(size=(n, 2)), rng.normal(size=k)) for n, k in ((5, 3), (4, 1), (3, 3), (2, 2))]


def f(x, weights):
    radius = len(weights) // 2
    padded = np.concatenate([x[:1]] * radius + [x] + [x[-1:]] * radius)
    blurred = sum([w * padded[i:i + x.shape[0]] for i, w in enumerate(weights)])
    n = len(x) - len(weights) + 1
    inside = sum([w * x[i:i + n] for i, w in enumerate(weights)])
    return np.sum(blurred * blurred * x) * weights[0] + np.sum(inside ** 3)
