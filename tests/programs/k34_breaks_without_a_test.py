# expect: gradient
"""Loops that every trip leaves: by `break` or `return` without a test, behind a `continue`, in the arms of a branch."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.arange(5.0) + 0.25, np.arange(5.0) + 10.0), (np.array([3.0, 0.5]), np.array([0.3, -0.7])),
            (np.zeros(0), np.zeros(0))]


def returned(v):
    for i in range(1, len(v)):
        return v[i]
    return 0.5


def skipped(u, v):
    s = 0.0
    for i in range(len(u)):
        if u[i] < 2:
            continue
        s = v[i] * u[i]
        break
    return s


def nested(u, v):
    s = 0.0
    for i in range(len(u)):
        for j in range(len(u)):
            s += u[j] * v[i]
            if j > i:
                break
        else:
            s += 1.0
        break
    return s


def f(u, v):
    s = 0.0
    for i in range(len(u)):
        if u[i] < 2:
            s += 1.0
        else:
            s += v[i]
            break
        s *= u[i] + 1
    return s + returned(v) * skipped(u, v) + nested(u, v)
