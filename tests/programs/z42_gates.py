# expect: gradient
"""A gated cell: biases whose sums over the batch are taken after the loop, of columns and rows, added and subtracted."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(2)
    made = []
    for steps, batch, size in ((3, 2, 4), (0, 3, 2), (1, 1, 1)):
        p = {"W": 0.3 * rng.normal(size=(size, size)), "U": 0.3 * rng.normal(size=(size, size)),
             "b": rng.normal(size=size), "c": rng.normal(size=(1, size)), "d": rng.normal(size=(batch, 1))}
        made.append((p, rng.normal(size=(batch, size)), rng.normal(size=(steps, batch, size))))
    return made


def f(p, h, xs):
    total = 0.0
    for t in range(len(xs)):
        z = 1.0 / (1.0 + np.exp(-(xs[t] @ p["W"] + p["b"])))
        g = np.tanh(h @ p["U"] - p["c"])
        h = z * h + (1.0 - z) * g - p["d"]
        total = total + np.sum(h * h)
    return total
