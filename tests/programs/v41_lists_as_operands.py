# expect: gradient
"""Lists and tuples of numbers beside an array: NumPy makes arrays of them, Python would join two of them."""
import numpy as np

ARGNUMS = (0, 2, 3)


def inputs():
    rng = np.random.default_rng(41)
    return [(rng.normal(size=n), [3, 0, 2, 1][:n], list(rng.normal(size=n)), 0.7) for n in (3, 1, 4)]


def f(x, counts, weights, s):
    y = counts * np.log(1.0 + x * x) - weights
    total = np.dot(counts, x) + np.sum(np.multiply(counts, x)) + np.sum(weights * y)
    y += counts
    w = np.where(y > weights, y / weights, weights + y)
    z = np.outer(w, [1.0, s, s * s]) * (s, 2.0, 3)
    z[:, 1:] = [s * s, w[0]]
    z[0] *= [s, s, 2]
    return total + np.sum(z * z) + np.sum(np.sin(weights) @ z)
