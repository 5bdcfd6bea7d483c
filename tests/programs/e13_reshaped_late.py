# expect: refuse, view or a copy
"""What `ravel` gives is read after a write, and may or may not show it: the argument lies in no order."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(95)
    return [(rng.normal(size=(3, 4))[:, :2],)]


def f(x):
    y = x.ravel()
    x[0] = 1.0
    return np.sum(y * y)  # caret
