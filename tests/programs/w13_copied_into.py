# expect: gradient
"""`np.copyto` and `fill`: of an array, of parts of it and of other views, in branches and loops."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(26)
    return [(rng.normal(size=(n, m)), rng.normal(size=m), 0.7) for n, m in ((3, 4), (2, 2), (4, 1), (2, 0))]


def f(A, v, s):
    B = A * A
    np.copyto(A[0], np.sin(v))
    np.copyto(B[1:], v * s)
    B[0].fill(s * s)
    for k in range(len(A)):
        if k % 2 == 0:
            A[k].fill(s)
        else:
            np.copyto(A[k], A[k - 1] * B[k])
    np.copyto(A.T[1:], 2.0)
    C = np.empty_like(A)
    np.copyto(C, B)
    B.fill(0.0)
    return np.sum(A * A * C) + np.sum(B * A)
