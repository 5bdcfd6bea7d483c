# Written by adjoint from showcase/swapped.py:1 (swapped): reverse mode, wrt a, b, c.
# `adjoint build --check` tells when it is stale.


def swapped_grad(a, b, c, n):
    """Gradient of `swapped` with respect to `a`, `b` and `c`, in reverse mode.

    Args:
        a, b, c: float.
        n: int.

    Returns:
        a_bar, b_bar, c_bar: float.

    Saved for the backward pass: b, once per step.
    """
    # forward
    b_saved = []
    for _ in range(n):
        b_saved.append(b)
        a, b = b, a + c * b * b

    # backward
    a_bar = b                                       # 4 | return a * b
    b_bar = a
    c_bar = 0.0
    for b in reversed(b_saved):                     # 2 | for _ in range(n):
        c_bar += b_bar * b * b                      # 3 |     a, b = b, a + c * b * b
        a_bar, b_bar = b_bar, a_bar + 2.0 * b_bar * c * b
    return a_bar, b_bar, c_bar
