# expect: gradient
"""Results of callees' loops, bound to the names that the callees carry."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(242)
    return [(0.2 * rng.normal(size=(3, 3)), rng.normal(size=3)), (0.2 * rng.normal(size=(1, 1)), rng.normal(size=1))]


def settled(A, x, tol=1e-2):
    step, trips = x, 0
    while step @ step > tol and trips < 5:
        step = A @ step
        x = x + step
        trips += 1
    return x


def powers(A, n):
    found = []
    for _ in range(n):
        A = A @ A
        found.append(np.trace(A))
    return found


def f(A, b):
    x = settled(A, np.zeros_like(b) + b)
    found = powers(A, 2)
    return b @ x + sum(found)
