# Written by adjoint from tanh.py:11 (tanh): reverse mode, wrt x.
import numpy as np


def tanh_elementwise_grad(x):
    """Elementwise derivative of `tanh` with respect to `x`, in reverse mode.

    Args:
        x: (n,).

    Returns:
        x_bar: (n,).
    """
    # forward
    e = np.exp(2.0 * x)

    # backward
    total = e + 1.0                                 # 13 | return (e - 1.0) / (e + 1.0)
    x_bar = 2.0 * (1.0 / total - (e - 1.0) / (e + 1.0) / total) * e  # 12 | e = np.exp(2.0 * x)
    return x_bar
