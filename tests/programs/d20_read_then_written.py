# expect: gradient
"""Arrays that recursive functions read, and that are written after the call: what the calls keep of them is a copy."""
import numpy as np

ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.array([0.5, 0.7, 0.9]),), (np.array([0.3, 1.1, 0.2]),)]


def product(x, n):
    return np.sum(x) if n == 0 else product(x, n - 1) * x[0]


def shrinking(x, n):
    if n == 0:
        return np.sum(x * x)
    y = x[1:]
    z = np.sin(y) * x[0]
    return shrinking(z, n - 1) * np.sum(y) + np.sum(z)


def turned(pair, w, n):
    u, v = pair
    if n == 0:
        return np.sum(u * v * w)
    w = w * u[0]
    return turned((v, u * 0.5), w.T, n - 1) + np.sum(np.reshape(u, -1))


def f(a):
    b = a * 1.0
    s = product(b, 2) + turned((b, a), b, 2)
    for i in range(len(b)):
        s = s + shrinking(b, 2) * b[0]
        b[i] = b[i] * np.tanh(s)
    return s * np.sum(b) * turned((b, b), a, 1)
