# Written by adjoint from showcase/relax2d.py:4 (relax2d): reverse mode, wrt u, k.
# `adjoint build --check` tells when it is stale.
import numpy as np


def relax2d_grad(u, k, tol):
    """Gradient of `relax2d` with respect to `u` and `k`, in reverse mode.

    Args:
        u: (m, n).  Not changed: copied on entry, because the primal writes to it.
        k: float.
        tol: float, not differentiated (it only decides when the loop stops).

    Returns:
        u_bar: (m, n), k_bar: float.

    Saved for the backward pass: u[1:-1, 1:-1], once per step.  The saved values also count the
    steps.
    """
    # forward
    u = u.copy(order="K")
    u_saved = []
    step = np.inf
    while np.max(np.abs(step)) > tol:
        lap = u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4.0 * u[1:-1, 1:-1]
        step = k * u[1:-1, 1:-1] * lap
        u_saved.append(u[1:-1, 1:-1].copy())
        u[1:-1, 1:-1] += step

    # backward
    u_bar = 2.0 * u                                 # 10 | return np.sum(u * u)
    k_bar = 0.0
    while u_saved:                                  # 6 | while np.max(np.abs(step)) > tol:
        u[1:-1, 1:-1] = u_saved.pop()               # 9 |     u[1:-1, 1:-1] += step
        step_bar = u_bar[1:-1, 1:-1]
        lap = u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4.0 * u[1:-1, 1:-1]
        lap_bar = step_bar * k * u[1:-1, 1:-1]      # 8 |     step = k * u[1:-1, 1:-1] * lap
        k_bar += np.sum(step_bar * u[1:-1, 1:-1] * lap)
        u_bar[1:-1, 1:-1] += step_bar * k * lap - 4.0 * lap_bar
        u_bar[2:, 1:-1] += lap_bar                  # 7 |     lap = (...)
        u_bar[:-2, 1:-1] += lap_bar
        u_bar[1:-1, 2:] += lap_bar
        u_bar[1:-1, :-2] += lap_bar
    return u_bar, float(k_bar)
