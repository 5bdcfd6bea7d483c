# Written by adjoint from showcase/recurrence.py:4 (recurrence): reverse mode, wrt x, a.
# `adjoint build --check` tells when it is stale.
import numpy as np


def recurrence_grad(x, a):
    """Gradient of `recurrence` with respect to `x` and `a`, in reverse mode.

    Args:
        x: (n,).  Not changed: copied on entry, because the primal writes to it.
        a: float.

    Returns:
        x_bar: (n,), a_bar: float.

    Saved for the backward pass: x as it came in (no copy).  Each x[i] is written once, so that the
    last x holds what was read as x[i - 1].
    """
    # forward
    x_saved = x
    x = x.copy()
    for i in range(1, len(x)):
        x[i] = x[i - 1] * a + x[i] * x[i]

    # backward
    x_bar = 2.0 * x                                 # 7 | return np.sum(x * x)
    a_bar = 0.0
    for i in reversed(range(1, len(x))):            # 5 | for i in range(1, len(x)):
        x_bar[i - 1] += x_bar[i] * a                # 6 |     x[i] = x[i - 1] * a + x[i] * x[i]
        a_bar += x_bar[i] * x[i - 1]
        x_bar[i] *= 2.0 * x_saved[i]
    return x_bar, float(a_bar)
