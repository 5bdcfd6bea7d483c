# expect: gradient
"""A list that a loop fills is joined: its arrays of one size, of sizes that grow, along either axis; stacked along another."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(5)
    return [(rng.normal(size=(3, 3)), rng.normal(size=8)), (rng.normal(size=(4, 4)), rng.normal(size=16))]


def haar(x):
    out = []
    while len(x) > 1:
        out.append((x[0::2] - x[1::2]) / 2)
        x = (x[0::2] + x[1::2]) / 2
    out.append(x)
    return np.concatenate(out[::-1])


def f(x, y):
    rows, parts = [], []
    for k in range(1, len(x)):
        rows.append(x[k] * x[0, k])
        parts.append(x[:, :k] * x[k, 0])
    z = np.concatenate(rows)
    w = np.concatenate(parts, axis=1)
    u = np.stack([row * row for row in x], axis=1)
    return np.sum(z ** 3) * np.sum(u * x) + np.sum(np.hstack(parts) * w) + np.sum(haar(y * x[0, 0]) ** 3)
