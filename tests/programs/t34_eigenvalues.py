# expect: gradient
"""Principal axes: what a matrix's eigenvalues explain, and a point along its largest eigenvector."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(3411)
    return [(rng.normal(size=(6, 3)), rng.normal(size=3)), (rng.normal(size=(4, 2)), rng.normal(size=2))]


def f(x, direction):
    centred = x - x.mean(axis=0)
    cov = centred.T @ centred / len(x)
    w, v = np.linalg.eigh(cov)
    score = v[:, -1] @ direction
    spread = np.linalg.eigvalsh(cov + np.outer(direction, direction))
    return w[-1] / np.sum(w) + score ** 2 + np.sum(np.log(spread))
