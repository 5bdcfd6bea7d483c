# Written by adjoint from heat.py:7 (misfit).
import cupy as cp


def misfit_grad(u, c, steps, target):
    # forward
    u = u.copy()
    total_saved = []
    for _ in range(steps):
        total = u[2:] - 2.0 * u[1:-1] + u[:-2]
        total_saved.append(total)
        u[1:-1] += c * total

    # backward
    u_bar = 2.0 * (u - target)                      # 10 | return np.sum((u - target) ** 2)
    c_bar = 0.0                                     # 8 | for _ in range(steps):
    while total_saved:
        total = total_saved.pop()                   # 9 | u[1:-1] += c * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        c_bar = c_bar + cp.sum(u_bar[1:-1] * total)
        total_bar = u_bar[1:-1] * c
        u_bar[:-2] += total_bar
        u_bar[2:] += total_bar
        u_bar[1:-1] -= 2.0 * total_bar
    return u_bar, c_bar
