# expect: gradient
"""`continue` and `break` in branches deeper inside: what follows is written once, and so is what is saved for it."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.05, 0.7, 1.9, 1.2, -0.4]), 1.3), (np.array([2.0, 0.4, 1.1]), 0.4), (np.zeros(0), 0.5)]


def f(x, a):
    s = a
    t = x * a
    kept = []
    for v in x:
        if v > 0.2:
            s = s * v
            if s > 1.0:
                kept.append(s)
                continue
            t = t * s
        else:
            if v < 0.0:
                if s > 3.0:
                    s = s * 0.5
                    break
                s = s + v * a
            elif s > 0.9:
                t = t + s
                continue
            kept.append(v)
        s = s * s + np.sum(t)
        for w in x:
            if w > s:
                if v > 1.0:
                    s = s + w * v
                    continue
                s = s * 0.9
            s = np.sin(s * w) + a
        if v > 0.5:
            t = t + v
            if s < 0.1:
                continue
        t = np.tanh(t * s)
    return s * np.sum(t * t) + sum(kept)
