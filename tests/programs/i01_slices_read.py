# expect: gradient
"""Basic slices read: steps, negatives, integers, new axes, ellipsis."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(89)
    return [(rng.normal(size=(5, 6)),),
            (rng.normal(size=(3, 3)),)]


def f(A):
    a = A[1:-1, ::2]
    b = A[::-1, -1]
    c = A[..., 0]
    d = A[2]
    e = A[-1, 1:][None, :]
    return np.sum(a * a) + np.sum(b * c) + np.sum(d * d * d) + np.sum(e * e) * A[0, -2]
