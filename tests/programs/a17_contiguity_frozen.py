# expect: gradient
"""A17: nothing is written: `ravel` and `reshape` may be either."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(20)
    return [(rng.normal(size=(3, 2)),),
            (np.asfortranarray(rng.normal(size=(3, 2))),),
            (rng.normal(size=(3, 4))[:, :2],)]


def f(x):
    y = x.T.ravel()
    z = x.reshape(-1)
    y = y * z
    return np.sum(x * x) + np.sum(y)
