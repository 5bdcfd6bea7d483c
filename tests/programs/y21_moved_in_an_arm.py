# expect: gradient
"""An array of its own on one path through two branches, the one before on the others."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(747)
    return [(-0.4, rng.normal(size=5))]

def f(a, u):
    for _ in range(2):
        u[::2] = a
        if u[2]:
            if a:
                continue
        u = u + u
    return a * np.sum(u * u)
