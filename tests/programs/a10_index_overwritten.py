# expect: gradient
"""A10: an index array has no adjoint, yet the backward sweep reads it as it was."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(11)
    return [(rng.normal(size=4), rng.normal(size=4), np.array([2, 0, 3, 1]), 3),
            (rng.normal(size=4), rng.normal(size=4), np.array([2, 0, 3, 1]), 0)]


def f(x, w, q0, n):
    q = q0.copy()
    for _ in range(n):
        q[:] = q[q]
        q[0], q[1] = q[1], q[0]
        x = x * w[q] + x[q]
    return np.sum(x * x)
