# expect: refuse, add its rule to templates/exponential.py:
"""A function without a rule: the error names the file and has a template to fill in."""
import numpy as np

ARGNUMS = 0


def inputs():
    rng = np.random.default_rng(2062)
    return [(rng.normal(size=3),)]


def f(x):
    y = np.spacing(x)  # caret
    return np.sum(y)
