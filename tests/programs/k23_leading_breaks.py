# expect: gradient
"""Loops that break at the head of a trip: what the head computes is saved for the trips that go on."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.4, 0.9, 0.3, 1.1]), 0.8), (np.array([1.4, 0.9]), 2.5), (np.array([0.1, 0.2, 0.3]), 0.5)]


def f(x, a):
    s = a
    for v in x:
        w = v * v * s
        if w > 1.5:
            break
        s = s + w * np.sin(w)
    while True:
        r = s * s * a
        if r < 0.3:
            break
        s = s * 0.7 - 0.01 * r
        a = a * 0.9
    for i in range(len(x)):
        for k in range(3):
            if x[k % len(x)] * s > 0.2:
                break
            s = s * (1.0 + x[i]) * (1.0 + a * s)
        x[i] = x[i] * s
    return np.sum(x * x) + s
