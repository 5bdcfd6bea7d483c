# expect: gradient
"""What an index array or a mask selects is a copy: it is read, written, and read as it was in the backward sweep."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(29)
    return [(rng.normal(size=n), rng.normal(size=len(idx)), np.array(idx, dtype=int))
            for n, idx in [(4, [0, 3, 1]), (2, [1, 1, 0, 0]), (3, [])]]


def f(x, v, idx):
    x *= 2.0
    a = x[idx]
    b = x[idx] * v
    x[idx] = b * v
    c = a * v
    a *= v
    a += x[idx] * c
    d = x[idx]
    x[idx] = d * d
    d[1:] *= a[:-1]
    m = x > 0.3
    e = x[m]
    x[m] = e * e
    e *= 3.0
    return np.sum(a * a) + np.sum(x * x) + np.sum(d * d) * np.sum(e * x[m]) + np.sum(b * c)
