# expect: gradient
"""Lists of a number and an array, of a float and an int, of single and double precision."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    x = np.array([0.5, -1.0, 2.0])
    return [([x + 1.0, 0.4], [0.3, 4], [x.astype(np.float32), 2.0 * x])]


def f(a, b, c):
    s = 0.0
    for p, q in zip(a, b):
        s += np.sum(p ** 2) * q
    for v in c:
        s += np.sum(v) * s
    return s
