# expect: gradient
"""`assert`, `raise`, `print` and `del`: kept in their places."""
import numpy as np

ARGNUMS = 0


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 2)]


def f(x, n):
    assert n >= 0, f"n is {n}"
    if n > 100:
        raise ValueError(f"{n:d} trips are too many")
    s = 1.0
    for k in range(n):
        t = np.sum(x) * s
        print("trip", k, f"{s:.3f}", end="\n")
        if t > 1e6:
            raise OverflowError
        elif t > 1.0:
            s = t * s
        else:
            s = s + t
        del t
    return s
