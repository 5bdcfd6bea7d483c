# expect: gradient
"""Lists that grow by other items in each arm, in loops that are left and in loops inside."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.8, 0.5, 1.2, 0.1]), 0.7), (np.array([0.1, 0.2]), 2.0), (np.array([1.0]), -1.0)]


def f(x, a):
    kept, left = [a * a], []
    for k, v in enumerate(x):
        if v > 1.1:
            left.append(v)
            break
        kept.append(a * v)
        if v > 0.4:
            kept.append(v * v)
            for w in x[:k]:
                if w < v:
                    left.append(w * v * a)
        elif v > 0.15:
            left.append(np.sin(v))
            left.append(v)
    parts = []
    if a > 0.0:
        parts.append(a)
        parts.append(x[0] * a)
    n, t = 0, a
    while n < 4:
        n += 1
        t = t * 0.9
        if n % 2:
            continue
        parts.append(t * x[0])
    s = 0.0
    for p, q in zip(kept, left):
        s = s + p * q
    return s + sum(kept) * sum(parts) + sum(left)
