# expect: gradient
"""An adjoint that loops swap is written after them only: in its tangent it has a twin before them, too."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(0.7, np.array([0.4, -0.7, 1.2]), n) for n in (0, 1, 2)]


def f(a, u, steps):
    y = u
    u -= a * u
    for _ in range(steps):
        y, u = u, y
    return 0.5
