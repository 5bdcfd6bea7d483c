# expect: gradient
"""`continue` in several places."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.5, -1.5, 2.0, -0.2, 0.9]),),
            (np.array([-0.5]),)]


def f(x):
    s = 1.0
    t = 0.5
    for v in x:
        if v < -1:
            continue
        s = s * v + t
        if s > 0.6:
            t = t * v
            continue
        t = t + s * s
    return s * t
