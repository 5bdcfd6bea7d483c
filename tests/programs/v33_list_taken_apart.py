# expect: gradient
"""Lists of the function's own, of numbers and of constants, that are taken apart and bound anew."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(0.7, 3), (0.7, 0)]


def f(x, n):
    v, gates = x, [0.05, x, 0.32]
    for _ in range(n):
        m, h, k = gates
        gates = [m + 0.1 * h, np.sin(h) * k, k * v]
        v = v + m * h
    a, b, c = gates
    return v + a * b + c
