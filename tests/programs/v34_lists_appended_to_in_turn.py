# expect: gradient
"""One list that grows in several loops and between them; items on top of those that it starts with."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.05, 0.7, 0.9, 1.2]), 1.3), (np.array([0.5, 0.35]), 0.9)]


def f(x, a):
    xs = [x]
    for k in range(3):
        xs.append(x * a * k)
    xs.append(x * x)
    ys = []
    for v in x:
        if v > 0.4:
            for w in x:
                ys.append(w * v)
                if w > v:
                    break
        else:
            ys.append(v)
            ys.append(2.0)
    for v in x:
        ys.append(v * a)
    for v in x:
        if v > 0.6:
            ys.append(v * v)
    return sum(ys) * np.sum(xs[-1]) + np.sum(xs[2]) + ys[0]
