# Written by adjoint from tanh.py:11 (tanh): reverse mode, wrt x, for cupy.
import cupy as cp


def tanh_grad(x):
    """Gradient of `tanh` with respect to `x`, in reverse mode.

    Args:
        x: float.

    Returns:
        x_bar: float.
    """
    # forward
    e = cp.exp(2.0 * x)

    # backward
    total = e + 1.0                                 # 13 | return (e - 1.0) / (e + 1.0)
    return 2.0 * (1.0 / total - (e - 1.0) / (e + 1.0) / total) * e
