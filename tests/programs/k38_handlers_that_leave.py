# expect: gradient
"""A handler returns, leaves the loop, or goes on to its next trip: what follows the `try` is not run."""
import math
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(a, np.array([0.7, -0.2, 1.9, 0.4])) for a in (-0.6, 0.3, 1.6, 2.5)]


def root(a):
    try:
        s = math.sqrt(a)
    except ValueError:
        if a < -0.5:
            return 0.5 * a * a
        s = a
    return s * 2.0


def f(a, u):
    s = 1.0
    for k in range(len(u)):
        try:
            s = s * math.sqrt(a - k)
        except ValueError:
            if k > 1:
                break
            s = s + a * u[k]
            continue
        s = s + u[k] * u[k]
    for k in range(len(u)):
        try:
            t = math.log(u[k])
        except ValueError:
            continue
        s = s + a * t
        try:
            t = math.sqrt(s - 1.0)
        except ValueError:
            return s * root(a)
    return s + t * root(a)
