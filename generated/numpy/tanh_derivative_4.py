# Written by adjoint from tanh.py:11 (tanh): reverse mode 4 times, wrt x.
import numpy as np


def tanh_elementwise_grad_elementwise_grad_elementwise_grad_elementwise_grad(x):
    """Elementwise derivative with respect to `x` of the elementwise derivative of the elementwise
    derivative of the elementwise derivative of `tanh` with respect to `x` with respect to `x`
    with respect to `x`, in reverse mode over reverse mode over reverse mode over reverse mode.

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
    product_bar = difference_bar2 * difference_bar  # 13 | return (e - 1.0) / (e + 1.0)
    ratio2 = ratio / total
    product = difference_bar2 * ratio2
    ratio3 = product / total
    ratio4 = product_bar / total
    product2 = product_bar * difference_bar
    product3 = product_bar * ratio2
    e_bar = 2.0 * (difference_bar - ratio / total) + ratio3 - ratio4 + product3 - product2
    product4 = difference_bar2 * product_bar
    ratio = 1.0 / total
    product_bar2 = product - product_bar - product_bar
    ratio5 = difference_bar2 * ratio4 / total
    ratio6 = difference_bar2 * ratio3 / total
    product5 = 2.0 * e                              # 12 | e = np.exp(2.0 * x)
    e_bar = 2.0 * e_bar + 2.0 * (product3 + product_bar2 * ratio)
    difference_bar = 2.0 * product5
    ratio_bar = product_bar2 * product5 - product4 + difference_bar  # 13 | return (e - 1.0) / ( ...
    ratio_bar2 = 2.0 * product4 - difference_bar
    t_bar = ratio_bar2 * ratio
    ratio7 = ratio_bar2 * ratio2 / total
    ratio8 = ratio_bar * ratio / total
    e_bar += ratio5 - ratio6 - ratio7 - ratio8 - t_bar * ratio2 + t_bar * ratio
    product_bar3 = product_bar - product
    difference_bar2 = product_bar3 * ratio - product3
    product = difference_bar * ratio
    difference_bar3 = product - product2 * product5
    product_bar4 = product2 + 2.0 * difference_bar2
    product_bar5 = (2.0 * (-difference_bar2 - product2) - product2 * product_bar2
                    - product_bar * ratio3)
    t_bar2 = product_bar * product5
    ratio_bar = (product5 * t_bar + product_bar3 * ratio_bar2 + difference_bar * product_bar2
                 - product_bar * ratio_bar)
    product_bar2 = 2.0 * difference_bar
    ratio_bar3 = t_bar2 - difference_bar
    ratio_bar4 = difference_bar - t_bar2
    product_bar3 = (product_bar4 * product5 - 2.0 * difference_bar3 + product_bar2 * ratio2
                    - product + ratio_bar3 * ratio)
    product_bar6 = difference_bar3 + ratio_bar4 * ratio
    product_bar4 = (product_bar5 + product_bar * ratio4 + product_bar4 * product_bar
                    + product_bar6 * ratio2 + product_bar3 * ratio)
    ratio_bar -= difference_bar * product_bar - product_bar3 * product5 - product_bar2
    ratio_bar2 = (product_bar2 * product_bar - 2.0 * product_bar * ratio_bar2
                  + product_bar6 * product5 - product_bar2)
    t_bar = ratio_bar2 * ratio
    total2 = 2.0 * e_bar + 2.0 * product_bar4 + product5 * ratio8 / total
    total2 += product5 * ratio7 / total + product5 * ratio6 / total
    difference = total2 - product5 * ratio5 / total - ratio_bar3 * ratio4 / total
    difference -= ratio_bar4 * ratio3 / total + ratio_bar2 * ratio2 / total
    e_bar = difference - ratio_bar * ratio / total - t_bar * ratio2 + t_bar * ratio
    x_bar = 2.0 * e_bar * e                         # 12 | e = np.exp(2.0 * x)
    return x_bar
