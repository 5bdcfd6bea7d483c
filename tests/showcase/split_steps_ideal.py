# Written by adjoint from showcase/split_steps.py:4 (split_steps): reverse mode, wrt u.
# `adjoint build --check` tells when it is stale.
import numpy as np


def split_steps_grad(u, c, n):
    """Gradient of `split_steps` with respect to `u`, in reverse mode.

    Args:
        u: (m,).  Not changed: copied on entry, because the primal writes to it.
        c: float, not differentiated.
        n: int.

    Returns:
        u_bar: (m,).

    Saved for the backward pass: u[1:-1] where its sine is taken.  The other steps are linear in u.
    """
    # forward
    u = u.copy()
    u_saved = []
    for i in range(n):
        if i % 2 == 0:
            u[1:-1] += c * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        else:
            u_saved.append(u[1:-1].copy())
            u[1:-1] = np.sin(u[1:-1])

    # backward
    u_bar = 2.0 * u                                 # 10 | return np.sum(u * u)
    for i in reversed(range(n)):                    # 5 | for i in range(n):
        if i % 2 == 0:                              # 6 |     if i % 2 == 0:
            lap_bar = u_bar[1:-1] * c               # 7 |         u[1:-1] += c * (...)
            u_bar[2:] += lap_bar
            u_bar[1:-1] -= 2.0 * lap_bar
            u_bar[:-2] += lap_bar
        else:                                       # 8 |     else:
            u_bar[1:-1] *= np.cos(u_saved.pop())    # 9 |         u[1:-1] = np.sin(u[1:-1])
    return u_bar
