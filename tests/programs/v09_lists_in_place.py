# expect: gradient
"""Lists of arrays that are written: by index, in loops over them, the same array twice, joined and repeated lists."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(97)
    return [(rng.normal(size=4), 1.5, 1), (rng.normal(size=4), -0.5, 3)]


def f(x, y, n):
    z = np.sin(x)
    L = [x * 1.0, x * 2.0, z]
    M = [z, L[0]] + [np.ones(2)] * 2
    for k in range(n):
        for a, b in zip(L, reversed(L)):
            a *= y + 0.1 * b
        for j, c in enumerate(M):
            c[1:] += c[0] * j * x[k]
        L[1] += L[0]
        L[2][k] = M[1][0] * y
    M[3] *= y
    counts = [1.0, 2.0]
    counts[1] += y
    return np.sum(L[0] * L[1] + z) + np.sum(M[2]) * counts[1]
