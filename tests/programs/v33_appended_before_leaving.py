# expect: gradient
"""What is appended stands before what leaves the trip: in a `break`, in a loop inside, on top of what was there."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.05, 0.7, 1.9, 1.2]), 1.3), (np.array([2.0, 0.4]), 0.9), (np.zeros(0), 0.5)]


def f(x, a):
    path = [a, 2.0]
    kept = []
    for v in x:
        if v < 0.1:
            kept.append(1.0)
            continue
        w = v * a
        kept.append(w)
        for u in x:
            if u < v:
                kept.append(u * w)
            elif u > 1.5:
                break
        path.append(w * w)
        if w > 2.0:
            break
        kept.append(np.sin(w))
    s = a
    for k, p in enumerate(kept):
        s = s + p * (k + 1)
    return s * path[-1] * sum(path)
