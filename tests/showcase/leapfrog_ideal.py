# Written by adjoint from showcase/leapfrog.py:4 (leapfrog): reverse mode, wrt u.
# `adjoint build --check` tells when it is stale.
import numpy as np


def leapfrog_grad(u, c, n):
    """Gradient of `leapfrog` with respect to `u`, in reverse mode.

    Args:
        u: (m,).  Not changed: copied on entry, because the primal writes to it.
        c: float, not differentiated.
        n: int.

    Returns:
        u_bar: (m,).

    Saved for the backward pass: v, once per step.  The saved values also count the steps.
    """
    # forward
    u = u.copy()
    v = u.copy()
    w = u.copy()
    v_saved = []
    for _ in range(n):
        v_saved.append(v.copy())
        w[1:-1] = 2.0 * v[1:-1] - u[1:-1] + c * v[2:] * v[:-2]
        u, v, w = v, w, u

    # backward
    u_bar = np.zeros_like(u)
    v_bar = 2.0 * v                                 # 10 | return np.sum(v * v)
    w_bar = np.zeros_like(w)
    while v_saved:                                  # 7 | for _ in range(n):
        u_bar, v_bar, w_bar = w_bar, u_bar, v_bar   # 9 |     u, v, w = v, w, u
        v = v_saved.pop()                           # 8 |     w[1:-1] = (...)
        mid_bar = w_bar[1:-1]
        v_bar[1:-1] += 2.0 * mid_bar
        u_bar[1:-1] -= mid_bar
        v_bar[2:] += mid_bar * c * v[:-2]
        v_bar[:-2] += mid_bar * c * v[2:]
        w_bar[1:-1] = 0.0
    u_bar += w_bar                                  # 6 | w = u.copy()
    u_bar += v_bar                                  # 5 | v = u.copy()
    return u_bar
