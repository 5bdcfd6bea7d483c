# Written by adjoint from tanh.py:11 (tanh): reverse mode 3 times, wrt x.
import numpy as np


def tanh_elementwise_grad_elementwise_grad_elementwise_grad(x):
    """Elementwise derivative with respect to `x` of the elementwise derivative of the elementwise
    derivative of `tanh` with respect to `x` with respect to `x`, in reverse mode over reverse mode
    over reverse mode.

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
    difference_bar = 2.0 * e                        # 12 | e = np.exp(2.0 * x)
    ratio2 = difference_bar / total                 # 13 | return (e - 1.0) / (e + 1.0)
    ratio3 = ratio / total
    ratio4 = difference_bar * ratio3 / total
    ratio5 = 1.0 / total
    ratio6 = difference_bar * ratio5 / total
    ratio7 = ratio2 / total
    ratio8 = ratio2 * ratio / total
    e_bar = 2.0 * (1.0 / total - ratio / total) + (ratio4 - ratio6 + ratio8) - ratio7
    difference_bar = 2.0 * e                        # 12 | e = np.exp(2.0 * x)
    product_bar = difference_bar / total            # 13 | return (e - 1.0) / (e + 1.0)
    ratio_bar = product_bar * ratio - product_bar
    product_bar2 = difference_bar / total
    t_bar = product_bar2 * (2.0 * e)
    t_bar2 = difference_bar * ratio6 / total - difference_bar * ratio4 / total - ratio_bar * ratio2 / total
    t_bar2 = difference_bar * ratio7 / total - difference_bar * ratio8 / total + t_bar2
    e_in_bar = 2.0 * difference_bar                 # 12 | e = np.exp(2.0 * x)
    e_bar = 2.0 * e_bar + 2.0 * (product_bar2 * ratio3 - product_bar2 * ratio5 + ratio_bar / total)
    ratio_bar = t_bar - e_in_bar                    # 13 | return (e - 1.0) / (e + 1.0)
    t_bar3 = product_bar * ratio2 + ratio_bar / total
    t_bar = t_bar2 - ratio_bar * ratio3 / total - (e_in_bar - t_bar) * ratio5 / total
    # 12 | e = np.exp(2.0 * x)
    x_bar = 2.0 * ((e_bar + (t_bar - t_bar3 * ratio / total) + t_bar3 / total) * e)
    return x_bar
