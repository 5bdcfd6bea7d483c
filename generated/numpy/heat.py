# Written by adjoint from heat.py:7 (misfit): reverse mode, wrt u, c.
import numpy as np


def misfit_grad(u, c, steps, target):
    """Gradient of `misfit` with respect to `u` and `c`, in reverse mode.

    Args:
        u: (n,).  Not changed: copied on entry, because the primal writes to it.
        c: float.
        steps: int.
        target: (n,).

    Returns:
        u_bar: (n,), c_bar: float.

    Saved for the backward pass: total, once per trip of line 8.
    """
    # forward
    u = u.copy()
    total_saved = []
    for _ in range(steps):
        total = u[2:] - 2.0 * u[1:-1] + u[:-2]
        total_saved.append(total)
        u[1:-1] += c * total

    # backward
    u_bar = 2.0 * (u - target)                      # 10 | return np.sum((u - target) ** 2)
    c_bar = 0.0
    while total_saved:                              # 8 | for _ in range(steps):
        total = total_saved.pop()                   # 9 | u[1:-1] += c * (u[2:] - 2.0 * u[1:-1] ...
        c_bar += np.sum(u_bar[1:-1] * total)
        total_bar = u_bar[1:-1] * c
        u_bar[:-2] += total_bar
        u_bar[2:] += total_bar
        u_bar[1:-1] -= 2.0 * total_bar
    return u_bar, c_bar
