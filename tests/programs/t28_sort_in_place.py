# expect: later, the method `sort`
"""The method `sort` gives nothing back: it writes, which `np.sort` does not."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(2811)
    return [(rng.normal(size=5),)]


def f(x):
    x = x * x
    x.sort()  # caret
    return x[0] - x[-1]
