# Written by adjoint from relax.py:7 (relax).
import numpy as np


def relax_grad(u, k, tol):
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
    k_bar = 0.0                                     # 9 | while np.max(np.abs(step)) > tol:
    while total_saved:
        total = total_saved.pop()                   # 10 | step = k * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        k_bar += np.sum(u_bar[1:-1] * total)
        step_in_bar = u_bar[1:-1] * k
        u_bar[:-2] += step_in_bar
        u_bar[2:] += step_in_bar
        u_bar[1:-1] -= 2.0 * step_in_bar
    return u_bar, float(k_bar)
