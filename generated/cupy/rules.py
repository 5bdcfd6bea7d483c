# Written by adjoint from rules.py:24 (product_and_ratio): reverse mode, wrt A, v, y, for cupy.


def product_and_ratio_grad(A, v, y):
    """Gradient of `product_and_ratio` with respect to `A`, `v` and `y`, in reverse mode.

    Args:
        A: (n, m).
        v: (m,).
        y: (n,).

    Returns:
        A_bar: (n, m), v_bar: (m,), y_bar: (n,).
    """
    # backward
    matmul_bar = 1.0 / y                            # divide:21 | return x / y
    y_bar = -(A @ v) / y / y
    A_bar = matmul_bar[:, None] * v                 # times:17 | return A @ v
    v_bar = A.T @ matmul_bar
    return A_bar, v_bar, y_bar
