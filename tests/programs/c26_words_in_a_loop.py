# expect: gradient
"""What a loop over names goes on with, or leaves, is not the loop around it."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [({"a": 0.5, "b": 1.5}, np.array([0.4, -0.7, 1.2]), limit) for limit in (9.0, 1.0)]


def f(p, x, limit):
    s = 0.0
    for k in range(len(x)):
        for name in ("a", "b"):
            if name == "a":
                continue
            s = s + p[name] * x[k]
        for other in ("a", "b"):
            if other == "b":
                break
            s = s + p[other]
        if x[k] > 0.0:
            if s > limit:
                break
        s = s + x[k] * x[k]
    return s
