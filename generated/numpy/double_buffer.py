# Written by adjoint from double_buffer.py:7 (double_buffer).


def double_buffer_grad(u, steps):
    # forward
    u = u.copy()
    v = u.copy()
    u_saved = []
    u_saved2 = []
    for _ in range(steps):
        u_saved.append(u[1:-1].copy())
        u_saved2.append(u[2:].copy())
        v[1:-1] = u[1:-1] * u[2:] + u[:-2]
        u, v = v, u

    # backward
    v_bar = u.copy()                                # 12 | return np.sum(u * v)
    u_bar = v.copy()
    while u_saved2:                                 # 9 | for _ in range(steps):
        v_bar[:-2] += u_bar[1:-1]                   # 10 | v[1:-1] = u[1:-1] * u[2:] + u[:-2]
        u = u_saved2.pop()
        u2 = u_saved.pop()
        v_bar[2:] += u_bar[1:-1] * u2
        v_bar[1:-1] += u_bar[1:-1] * u
        u_bar[1:-1] = 0.0
        u_bar, v_bar = v_bar, u_bar                 # 9 | for _ in range(steps):
    u_bar += v_bar                                  # 8 | v = u.copy()
    return u_bar
