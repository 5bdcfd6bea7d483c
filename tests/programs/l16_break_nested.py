# expect: gradient
"""`break` from an inner loop, `continue` in the outer one."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(9)
    return [(rng.uniform(0.5, 1.5, (3, 4)), 2.0),
            (rng.uniform(0.5, 1.5, (3, 4)), 0.2),
            (rng.uniform(0.5, 1.5, (2, 1)), 20.0)]


def f(A, limit):
    total = 1.0
    for i in range(A.shape[0]):
        s = A[i, 0]
        for j in range(1, A.shape[1]):
            if s > limit:
                break
            s = s * A[i, j] + s
        if s < 0.5:
            continue
        total = total * s
    return total
