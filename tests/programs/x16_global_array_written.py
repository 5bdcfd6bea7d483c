# expect: refuse, outlives the call
"""An array of the module is written."""
import numpy as np

ARGNUMS = 0
STATE = np.zeros(3)


def inputs():
    return [(0.7,)]


def f(x):
    STATE[0] = x  # caret
    return STATE[0] * x
