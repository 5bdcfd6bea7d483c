# expect: gradient
"""What is a number or an array is updated by the user while its old value is still needed: saved, in a loop, read after."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    u = np.array([0.4, -0.7, 0.2])
    return [(0.7, u), (-0.7, u)]


def f(a, u):
    w = 1.0
    if a > 0:
        w = np.minimum(u, a * u)
    w *= u
    y = 0.0
    for k in range(3):
        y += w * a
    z = 1.0
    if a > 0:
        z = np.sin(u)
    v = z * a
    z += v * z
    return np.sum(w) + np.sum(y * y) + np.sum(z * v)
