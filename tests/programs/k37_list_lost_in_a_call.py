# expect: later, a list that is appended to on some paths only
"""What a call made of a list is not known: after it the list is not what it was before."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    return [(np.array([0.4, -0.7, 0.2]),)]


def keep(xs, u):
    if u[0] > 0.0:
        xs.append(u)


def f(u):
    u += u
    kept = []
    keep(kept, u)
    return np.sum(u) * len(kept)  # caret
