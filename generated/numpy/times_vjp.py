# Written by adjoint from rules.py:16 (times): reverse mode, wrt A, v.


def times_vjp(A, v, out_bar):
    """Value and vector-Jacobian product of `times` with respect to `A` and `v`, in reverse mode.

    Args:
        A: (n, m).
        v: (m,).
        out_bar: cotangent of the result.

    Returns:
        the value, and A_bar: (n, m), v_bar: (m,).
    """
    # forward
    value = A @ v

    # backward
    A_bar = out_bar[:, None] * v                    # 17 | return A @ v
    v_bar = A.T @ out_bar
    return value, (A_bar, v_bar)
