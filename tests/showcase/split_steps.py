import numpy as np


def split_steps(u, c, n):
    for i in range(n):
        if i % 2 == 0:
            u[1:-1] += c * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        else:
            u[1:-1] = np.sin(u[1:-1])
    return np.sum(u * u)
