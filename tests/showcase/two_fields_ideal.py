# Written by adjoint from showcase/two_fields.py:4 (two_fields): reverse mode, wrt p, q.
# `adjoint build --check` tells when it is stale.
import numpy as np


def two_fields_grad(p, q, d, n):
    """Gradient of `two_fields` with respect to `p` and `q`, in reverse mode.

    Args:
        p, q: (m,).  Not changed: copied on entry, because the primal writes to them.
        d: float, not differentiated.
        n: int.

    Returns:
        p_bar: (m,), q_bar: (m,).

    Saved for the backward pass: (p[1:-1], q[1:-1]), once per step.  The saved values also count the
    steps.
    """
    # forward
    p = p.copy()
    q = q.copy()
    saved = []
    for _ in range(n):
        p[1:-1] += d * (q[2:] - 2.0 * q[1:-1] + q[:-2])
        saved.append((p[1:-1].copy(), q[1:-1].copy()))
        q[1:-1] += d * p[1:-1] * q[1:-1]

    # backward
    p_bar = q.copy()                                # 8 | return np.sum(p * q)
    q_bar = p.copy()
    while saved:                                    # 5 | for _ in range(n):
        p_mid, q_mid = saved.pop()
        rate_bar = q_bar[1:-1] * d                  # 7 |     q[1:-1] += d * p[1:-1] * q[1:-1]
        p_bar[1:-1] += rate_bar * q_mid
        q_bar[1:-1] += rate_bar * p_mid
        lap_bar = p_bar[1:-1] * d                   # 6 |     p[1:-1] += d * (...)
        q_bar[2:] += lap_bar
        q_bar[1:-1] -= 2.0 * lap_bar
        q_bar[:-2] += lap_bar
    return p_bar, q_bar
