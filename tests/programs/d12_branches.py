# expect: gradient
"""A recursion over a grid, with three ways out and a value that some of them leave undefined."""
import numpy as np

ARGNUMS = (0, 1)
LATER_TWICE = ("vjp",)


def inputs():
    return [(np.arange(1.0, 10.0).reshape(3, 3) / 5.0, 0.6), (np.array([[0.3]]), 0.6)]


def walk(grid, w, i, j):
    n = len(grid)
    if i >= n or j >= n:
        return 0.0
    here = np.tanh(w * grid[i, j])
    if i == j:
        return here + walk(grid, w * 0.9, i + 1, j + 1)
    elif i < j:
        return here * walk(grid, w, i + 1, j) + 1.0
    down = walk(grid, w, i + 1, j)
    if down > 0.5:
        right = walk(grid, w * down, i, j + 1)
        return right * here
    return down - here


def f(grid, w):
    return walk(grid, w, 0, 0) + walk(grid, 0.5 * w, 1, 0) + walk(grid, w, 0, 1)
