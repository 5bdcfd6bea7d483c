# Written by adjoint from showcase/settle.py:4 (settle): reverse mode, wrt u, k.
# `adjoint build --check` tells when it is stale.
import numpy as np


def settle_grad(u, k, tol, n):
    """Gradient of `settle` with respect to `u` and `k`, in reverse mode.

    Args:
        u: (m,).  Not changed: copied on entry, because the primal writes to it.
        k: float.
        tol: float, not differentiated (it only decides when the loop stops).
        n: int.

    Returns:
        u_bar: (m,), k_bar: float.

    Saved for the backward pass: u[1:-1], once per step taken.  The saved values also count them:
    the step that the `break` drops has no adjoint.
    """
    # forward
    u = u.copy()
    u_saved = []
    for _ in range(n):
        step = k * u[1:-1] * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        if np.max(np.abs(step)) < tol:
            break
        u_saved.append(u[1:-1].copy())
        u[1:-1] += step

    # backward
    u_bar = 2.0 * u                                 # 10 | return np.sum(u * u)
    k_bar = 0.0
    while u_saved:                                  # 5 | for _ in range(n):
        u[1:-1] = u_saved.pop()                     # 9 |     u[1:-1] += step
        step_bar = u_bar[1:-1]
        lap = u[2:] - 2.0 * u[1:-1] + u[:-2]        # 6 |     step = k * u[1:-1] * (...)
        lap_bar = step_bar * k * u[1:-1]
        k_bar += np.sum(step_bar * u[1:-1] * lap)
        u_bar[1:-1] += step_bar * k * lap - 2.0 * lap_bar
        u_bar[2:] += lap_bar
        u_bar[:-2] += lap_bar
    return u_bar, float(k_bar)
