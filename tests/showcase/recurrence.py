import numpy as np


def recurrence(x, a):
    for i in range(1, len(x)):
        x[i] = x[i - 1] * a + x[i] * x[i]
    return np.sum(x * x)
