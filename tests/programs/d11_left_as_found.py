# expect: gradient
"""Arrays that a recursion writes to, made on the way and read after it."""
import numpy as np

ARGNUMS = 0
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.array([0.5, 1.5, 0.7]), 3), (np.array([0.5]), 0)]


def decay(a, n):
    a[0] = np.tanh(a[0] * a[-1])
    if n == 0:
        return a[0]
    b = a * a
    inner = decay(b, n - 1)
    a[-1] = np.tanh(a[-1] + inner * b[0])
    return inner + b[-1] * decay(a, n - 1)


def f(a, n):
    total = 0.0
    for k in range(2):
        work = a * (k + 1.0)
        total = total + decay(work, n) * work[0]
        total = total * np.sum(work)
    return total + np.sum(a)
