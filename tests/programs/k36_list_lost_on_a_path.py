# expect: later, a list that is appended to on some paths only
"""What an inner branch made of a list is not known: after the outer branch it is not what it was before."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    return [(np.array([0.4, -0.7, 0.2]),)]


def f(u):
    u += u
    kept = []
    total = 0.0
    for c in u:  # caret
        if c < -9.0:
            continue
        if c > -8.0:
            kept.append(u)
    for row in kept:
        total += c
    return total
