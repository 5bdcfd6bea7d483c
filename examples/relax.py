"""Diffusion iterated in place until it stands still: a `while` whose trip count hangs on the data."""
import numpy as np

EXAMPLE = ("relax", (0, 1))


def relax(u, k, tol):
    step = np.inf
    while np.max(np.abs(step)) > tol:
        step = k * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        u[1:-1] += step
    return np.mean(u ** 2)


def example_args():
    return np.linspace(0.5, 1.5, 9) ** 2, 0.2, 1e-3
