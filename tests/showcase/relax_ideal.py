# Written by adjoint from showcase/relax.py:4 (relax): reverse mode, wrt u, k.
# `adjoint build --check` tells when it is stale.
import numpy as np


def relax_grad(u, k, tol):
    """Gradient of `relax` with respect to `u` and `k`, in reverse mode.

    Args:
        u: (n,).  Not changed: copied on entry, because the primal writes to it.
        k: scalar.
        tol: scalar, not differentiated (it only decides when the loop stops).

    Returns:
        u_bar: (n,), k_bar: scalar.

    Saved for the backward pass: u[1:-1], once per step.  The saved values also count the steps.
    """
    # forward
    u = u.copy()
    u_saved = []
    step = np.inf
    while np.max(np.abs(step)) > tol:
        step = k * u[1:-1] * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        u_saved.append(u[1:-1].copy())
        u[1:-1] += step

    # backward
    u_bar = 2.0 * u                                 # 9 | return np.sum(u * u)
    k_bar = 0.0
    while u_saved:                                  # 6 | while np.max(np.abs(step)) > tol:
        u[1:-1] = u_saved.pop()                     # 8 |     u[1:-1] += step
        step_bar = u_bar[1:-1]
        lap = u[2:] - 2.0 * u[1:-1] + u[:-2]        # 7 |     step = k * u[1:-1] * (...)
        lap_bar = step_bar * k * u[1:-1]
        k_bar += np.sum(step_bar * u[1:-1] * lap)
        u_bar[1:-1] += step_bar * k * lap - 2.0 * lap_bar
        u_bar[2:] += lap_bar
        u_bar[:-2] += lap_bar
    return u_bar, k_bar
