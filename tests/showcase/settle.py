import numpy as np


def settle(u, k, tol, n):
    for _ in range(n):
        step = k * u[1:-1] * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        if np.max(np.abs(step)) < tol:
            break
        u[1:-1] += step
    return np.sum(u * u)
