# expect: gradient
"""`zip` of arrays, lists and ranges of one length."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(6)
    return [(rng.normal(size=4), rng.normal(size=(4, 3)), [rng.normal(size=3) for _ in range(4)])]


def f(x, A, bs):
    s = 0.0
    for v, row, b in zip(x, A, bs):
        s = s * v + np.sum(row * b)
    for i, v in zip(range(1, len(x)), x):
        s = s + i * v * x[i]
    for k, (b, v) in enumerate(zip(bs, x)):
        s = s + k * b[0] * v
    return s
