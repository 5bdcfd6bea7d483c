# expect: gradient
"""Writes through views that move axes: `swapaxes`, `moveaxis`, `flip`, `transpose`, `rot90`."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(91)
    return [(rng.normal(size=(3, 3)), rng.normal(size=3)), (np.asfortranarray(rng.normal(size=(3, 3))), rng.normal(size=3))]


def f(A, y):
    B = np.swapaxes(A, 0, 1)
    B[0] *= y
    C = np.flip(A, axis=1)
    C[1:, 0] = C[:-1, 1] * 2.0
    E = np.moveaxis(A, 0, -1)
    for row in np.expand_dims(E, 0)[0]:
        row *= np.sum(A[0] * A[0])
    F = A.transpose(1, 0)
    F += np.fliplr(F) * 0.5
    R = np.rot90(A)
    R[0, 1:] += y[1:] * R[1, 1:]
    np.flipud(A)[0] = y
    return np.sum(A * A * A) + np.sum(B[1] * C[2])
