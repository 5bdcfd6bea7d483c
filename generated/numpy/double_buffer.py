# Written by adjoint from double_buffer.py:7 (double_buffer): reverse mode, wrt u.


def double_buffer_grad(u, steps):
    """Gradient of `double_buffer` with respect to `u`, in reverse mode.

    Args:
        u: (n,).  Not changed: copied on entry, because the primal writes to it.
        steps: int.

    Returns:
        u_bar: (n,).

    Saved for the backward pass: u, once per trip of line 9.
    """
    # forward
    u = u.copy()
    v = u.copy()
    u_saved = []
    for _ in range(steps):
        u_saved.append(u.copy())
        v[1:-1] = u[1:-1] * u[2:] + u[:-2]
        u, v = v, u

    # backward
    v_bar = u.copy()                                # 12 | return np.sum(u * v)
    u_bar = v.copy()
    while u_saved:                                  # 9 | for _ in range(steps):
        v_bar[:-2] += u_bar[1:-1]                   # 10 | v[1:-1] = u[1:-1] * u[2:] + u[:-2]
        u = u_saved.pop()
        v_bar[2:] += u_bar[1:-1] * u[1:-1]
        v_bar[1:-1] += u_bar[1:-1] * u[2:]
        u_bar[1:-1] = 0.0
        u_bar, v_bar = v_bar, u_bar
    u_bar += v_bar                                  # 8 | v = u.copy()
    return u_bar
