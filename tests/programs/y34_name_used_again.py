# expect: gradient
"""A name that is bound on some paths only is used again by a function that is called: where it is not bound, nothing is
saved."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.4, -0.7, 1.2]), t) for t in (0.5, -0.5)] + [(np.zeros(0), 0.3)]


def last(u, t):
    for k in range(len(u)):
        if u[k] > t:
            x = u * u[k]
            break
    s = np.sum(u * u)
    for j in range(len(u)):
        if u[j] > t:
            s = s + x[j] * u[k]
    return s


def again(u):
    x = u * u
    y = np.sum(np.sin(x))
    for k in range(2):
        y = y * 0.5 + k
    return y


def f(u, t):
    return last(u, t) * t + again(u) + last(u * 2.0, t)
