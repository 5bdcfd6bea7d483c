# Written by adjoint from relax.py:7 (relax): reverse mode, wrt u, k.
import numpy as np


def relax_grad(u, k, tol):
    """Gradient of `relax` with respect to `u` and `k`, in reverse mode.

    Args:
        u: (n,).  Not changed: copied on entry, because the primal writes to it.
        k, tol: float.

    Returns:
        u_bar: (n,), k_bar: float.

    Saved for the backward pass: total, once per trip of line 9.
    """
    # forward
    u = u.copy()
    step = np.inf
    total_saved = []
    while np.max(np.abs(step)) > tol:
        total = u[2:] - 2.0 * u[1:-1] + u[:-2]
        total_saved.append(total)
        step = k * total
        u[1:-1] += step

    # backward
    u_bar = 2.0 / u.size * u                        # 12 | return np.mean(u ** 2)
    k_bar = 0.0
    while total_saved:                              # 9 | while np.max(np.abs(step)) > tol:
        total = total_saved.pop()                   # 10 | step = k * (u[2:] - 2.0 * u[1:-1] + u ...
        k_bar += np.sum(u_bar[1:-1] * total)
        step_in_bar = u_bar[1:-1] * k
        u_bar[:-2] += step_in_bar
        u_bar[2:] += step_in_bar
        u_bar[1:-1] -= 2.0 * step_in_bar
    return u_bar, k_bar
