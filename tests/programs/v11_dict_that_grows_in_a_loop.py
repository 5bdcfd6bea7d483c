# expect: later, dict
"""A dict to which a loop adds a key."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, 0.8, 0.5]),)]


def f(x):
    d = {"a": x}
    for k in range(3):  # caret
        d["b"] = d["a"] * x[k]
    return np.sum(d["b"])
