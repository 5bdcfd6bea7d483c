# expect: gradient
"""Functions inside functions that call themselves, and each other: they write to an array that they capture."""
import numpy as np

ARGNUMS = (0, 1)
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.array([0.3, 0.5, 0.7]), 0.4, 2), (np.array([0.8]), 0.4, 0)]


def f(a, x, n):
    out = np.zeros(len(a))

    def fill(lo, hi):
        if hi - lo == 1:
            out[lo] = a[lo] ** 2
            return None
        m = (lo + hi) // 2
        fill(lo, m)
        out[lo] = out[lo] * a[m]
        fill(m, hi)
        return None

    def even(y, k):
        return y if k == 0 else odd(y * 0.5, k - 1)

    def odd(y, k):
        return y * x if k == 0 else even(y + x, k - 1)

    fill(0, len(a))
    return np.sum(out * a) * even(out[0], n) + odd(x, n)
