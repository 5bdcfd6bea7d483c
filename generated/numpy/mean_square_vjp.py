# Written by adjoint from linear_regression.py:17 (mean_square): reverse mode, wrt predicted.
import numpy as np


def mean_square_vjp(predicted, y, out_bar):
    """Value and vector-Jacobian product of `mean_square` with respect to `predicted`, in reverse
    mode.

    Args:
        predicted, y: (n, 1).
        out_bar: cotangent of the result.

    Returns:
        the value, and predicted_bar: (n, 1).
    """
    # forward
    value = np.mean((predicted - y) ** 2)

    # backward
    difference_bar = 2.0 * out_bar / y.size * (predicted - y)  # 18 | return np.mean((predicted ...
    return value, difference_bar
