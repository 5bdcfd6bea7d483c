# expect: gradient
"""An index that is computed, and changes after its use."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(24)
    return [(rng.normal(size=6), 1),
            (rng.normal(size=6), 3)]


def f(x, k):
    a = x[k] * x[k]
    k = k + 1
    a = a * x[k]
    k = 2 * k - 3
    return a * x[k] + x[-k]
