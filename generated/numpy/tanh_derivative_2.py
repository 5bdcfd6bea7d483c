# Written by adjoint from tanh.py:11 (tanh): reverse mode twice, wrt x.
import numpy as np


def tanh_elementwise_grad_elementwise_grad(x):
    """Elementwise derivative with respect to `x` of the elementwise derivative of `tanh` with
    respect to `x`, in reverse mode over reverse mode.

    Args:
        x: (n,).

    Returns:
        x_bar: (n,).
    """
    # forward
    e = np.exp(2.0 * x)
    ratio = (e - 1.0) / (e + 1.0)

    # backward
    total = e + 1.0                                 # 13 | return (e - 1.0) / (e + 1.0)
    difference_bar = 1.0 / total
    difference_bar2 = 2.0 * e                       # 12 | e = np.exp(2.0 * x)
    product = difference_bar2 * difference_bar      # 13 | return (e - 1.0) / (e + 1.0)
    ratio2 = ratio / total
    difference = (2.0 * (difference_bar - ratio / total) + difference_bar2 * ratio2 / total
                  - product / total)
    # 12 | e = np.exp(2.0 * x)
    x_bar = 2.0 * (difference + product * ratio2 - product * difference_bar) * e
    return x_bar
