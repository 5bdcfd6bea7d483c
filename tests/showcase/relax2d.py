import numpy as np


def relax2d(u, k, tol):
    step = np.inf
    while np.max(np.abs(step)) > tol:
        lap = u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4.0 * u[1:-1, 1:-1]
        step = k * u[1:-1, 1:-1] * lap
        u[1:-1, 1:-1] += step
    return np.sum(u * u)
