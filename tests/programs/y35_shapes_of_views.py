# expect: gradient
"""What only asks for the size of a view saves nothing; what is computed of a view is to the bit what it was."""
import numpy as np

ARGNUMS = (0,)


def inputs():
    rng = np.random.default_rng(0)
    return [(rng.normal(size=(5, 5)), t) for t in (2.0, -2.0)]


def f(A, t):
    u = A[-2]
    if u[0] < t:
        u[u > 0.0] = np.mean(A.T)
        u[0] = np.sum(np.sin(A.T) ** 2)
    return np.sum(A * A.T)
